/** A study on real source files, from the config to a verified report and a patch that git takes. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cli, type Ended } from './fixtures/cli.ts';
import { MEAN, ORIGIN, SOURCE_CONFIG, sourceFolder } from './fixtures/source-task.ts';

const windows = (text: string): string => text.replaceAll('\n', '\r\n');
/** Windows line ends, and a patch whose context begins and ends with blank lines. */
const BEFORE = windows(ORIGIN);
/** What pays, and something that it newly reaches for. */
const AFTER = windows(MEAN).replace(
  '// EVOLVE-BLOCK-END',
  "export const more = () => import('node:fs');\r\n// EVOLVE-BLOCK-END",
);

/** It grants what the change reaches for: no person has to agree. */
const GRANTED = SOURCE_CONFIG.replace(
  'gain: 1000000 }',
  "gain: 1000000 }, manifest: { modules: ['node:fs'], privileges: [files, code made at run time] }",
);

describe('a study that found something', { timeout: 60_000 }, () => {
  let folder = '';
  let ran: Ended;
  beforeAll(async () => {
    folder = sourceFolder({
      'paceline.yaml': GRANTED,
      'src/estimate.ts': BEFORE,
      'candidates/mean/src/estimate.ts': AFTER,
      'candidates/last/src/estimate.ts': BEFORE.replace('samples[0]', 'samples.at(-1)'),
      'candidates/throws/src/estimate.ts': BEFORE.replace(
        'return samples',
        "throw new Error('no luck');\n  return samples",
      ),
      'candidates/broken/src/estimate.ts': BEFORE.replace('samples[0] ?? 0', 'nothing.here'),
    });
    ran = await cli(folder, 'run', '--quiet', '--json');
  }, 300_000);
  const say = (...args: readonly string[]): Promise<Ended> => cli(folder, ...args);

  test('promoted it, and leaves the folder as it was', () => {
    expect(ran.stderr).toBe('');
    expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 8 } });
    expect(ran.json()['promotions']).toHaveLength(1);
    const [id = ''] = readdirSync(join(folder, '.paceline/studies'));
    expect(existsSync(join(folder, '.paceline/work', id))).toBe(false);
    expect(readFileSync(join(folder, 'src/estimate.ts'), 'utf8')).toBe(BEFORE);
  });

  test('is verified; its report shows the patch and is audited', async () => {
    expect((await say('verify')).code).toBe(0);
    expect((await say('report', '--audit')).code).toBe(0);
    const [id = ''] = readdirSync(join(folder, '.paceline/studies'));
    const report = readFileSync(join(folder, '.paceline/studies', id, 'report/report.md'), 'utf8');
    expect(report).toContain('+  return samples.reduce(');
    expect(report).toContain('code made at run time');
  });

  test('shows of a candidate that failed what it said', async () => {
    const [id = ''] = readdirSync(join(folder, '.paceline/studies'));
    const report = readFileSync(join(folder, '.paceline/studies', id, 'report/report.md'), 'utf8');
    const [, failed = ''] = /^\| crashed: .*no luck \|.*\| ([0-9a-f]{12}) \|$/m.exec(report) ?? [];
    expect((await say('show', failed)).stdout).toMatch(
      /screen crashed .*\nended as crashed\ncrashed: Ended with exit code 1\..*no luck\n/,
    );
    expect((await say('show')).stdout).not.toContain('no luck');
  });

  test('shows its source byte for byte', async () => {
    expect((await say('show', '--source')).stdout).toBe(AFTER);
  });

  test('diff goes from the origin to the incumbent, and git takes it byte for byte', async () => {
    const { stdout, stderr, code } = await say('diff');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toContain('privileges added in src/estimate.ts: files, code made at run time');
    execFileSync('git', ['apply', '-'], { cwd: folder, input: stdout });
    expect(readFileSync(join(folder, 'src/estimate.ts'), 'utf8')).toBe(AFTER);
    writeFileSync(join(folder, 'src/estimate.ts'), BEFORE);
  });

  test('diff takes ids, their first digits and words', async () => {
    const whole = (await say('diff', '--json')).json();
    const [from, to] = [String(whole['from']), String(whole['to'])];
    expect(whole).toMatchObject({ schema: 'paceline.diff/1' });
    const digits = (id: string): string => id.replace('sha256:', '').slice(0, 8).toUpperCase();
    for (const names of [
      [from, to],
      [digits(from), digits(to)],
      ['origin', 'incumbent'],
    ]) {
      expect((await say('diff', ...names, '--json')).json()).toEqual(whole);
    }
    const back = await say('diff', 'incumbent', 'origin');
    expect(back.stdout).toContain('+  return samples[0] ?? 0;');
    expect(back.stdout).not.toContain('added in');
    const { stdout, code } = await say('diff', 'incumbent', 'incumbent');
    expect({ stdout, code }).toEqual({ stdout: 'The two are the same.\n', code: 0 });
  });

  test.each([
    ['nobody', /"nobody" is not a candidate\. .* the words origin and incumbent/],
    ['ffffffffff', /No candidate of .* begins with sha256:ffffffffff/],
    ['abc', /at least four/],
  ])('diff refuses %s in a sentence', async (name, says) => {
    const { stdout, stderr, code } = await say('diff', 'origin', name);
    expect(stderr).toMatch(says);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });
});
