/** `paceline steer candidate`: from files that a person wrote to a promotion, and what is refused at once. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readHandWritten } from '../../src/app/hand-written.ts';
import { cli, type Ended, ending, startCli, untilSaid } from './fixtures/cli.ts';
import { MEAN, ORIGIN, SOURCE_CONFIG, sourceFolder, withBody } from './fixtures/source-task.ts';

const others = Array.from({ length: 3 }, (_, i) => {
  const body = `(samples[${i}] ?? 0) + ${i}`;
  return [`candidates/other-${i}/src/estimate.ts`, withBody(body)] as const;
});

let folder = '';
const say = (...args: readonly string[]): Promise<Ended> => cli(folder, ...args);

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeAll(async () => {
  folder = sourceFolder({
    ...Object.fromEntries(others),
    'candidates/mean/src/estimate.ts': withBody('samples[7] ?? 0'),
    'paceline.yaml': SOURCE_CONFIG.replace('trials: 8 }', 'trials: 2000 }\ncontrol: { share: 0 }'),
  });
  const child = startCli(folder, 'run');
  const ended = ending(child);
  await untilSaid(child, /searching/);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  write('mine.ts', MEAN);
  write('mine/src/estimate.ts', withBody('samples.at(-2) ?? 0'));
}, 120_000);

test.each<[string, Readonly<Record<string, string | Buffer>>, RegExp]>([
  ['nowhere.ts', {}, /There is no file or folder/],
  ['empty', { 'empty/node_modules/x.ts': '' }, /holds no file/],
  ['beside', { 'beside/src/offset.ts': '' }, /src\/offset\.ts is not one of the files/],
  ['half.ts', { 'half.ts': withBody('samples[') }, /half\.ts: It is not of its language/],
  ['frozen.ts', { 'frozen.ts': ORIGIN.replace('+ offset', '') }, /outside the editable blocks/],
  ['latin.ts', { 'latin.ts': Buffer.from([0x2f, 0x2f, 0xe9]) }, /not UTF-8/],
  ['large.ts', { 'large.ts': withBody(`'${'x'.repeat(100_000)}'`) }, /surface\.limit/],
])('refused at once: %s', { timeout: 30_000 }, async (path, files, says) => {
  for (const [name, text] of Object.entries(files)) write(name, text);
  const id = readdirSync(join(folder, '.paceline/studies'))[0] ?? '';
  await expect(readHandWritten({ root: folder, id, path })).rejects.toThrow(says);
});

test('a refusal is one sentence and exit code 2', { timeout: 30_000 }, async () => {
  write('half.ts', withBody('samples['));
  const { code, stdout, stderr } = await say('steer', 'candidate', 'half.ts');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/half\.ts: It is not of its language\. src\/estimate\.ts: /);
});

test('a file and a folder are left, tried and judged by the rule of all', {
  timeout: 120_000,
}, async () => {
  const left = await say('steer', 'candidate', 'mine.ts');
  expect(left.stdout).toMatch(/hand-written candidate [0-9a-f]{12}\. Nobody runs it now/);
  expect((await say('steer', 'candidate', 'mine')).code).toBe(0);
  expect((await say('steer', 'candidate', 'src/estimate.ts')).code).toBe(0);
  expect((await say('steer', 'pin', 'origin')).code).toBe(0);
  const ruled = await say('steer', 'constraint', '--no-import', 'fs', 'net', '--max-size', '900');
  expect(ruled.stdout).toMatch(/constraint: size at most 900; no new import of fs, net\./);
  expect((await say('steer', 'constraint', '--not', 'src/estimate.ts')).code).toBe(0);
  const resumed = await say('resume', '--json');
  expect(resumed.json()).toMatchObject({ status: 'exhausted', reproducible: 'replay' });
  const [promoted] = resumed.json()['promotions'] as unknown as readonly {
    readonly candidate: string;
  }[];
  const status = await say('status', '--json');
  const [study] = status.json()['studies'] as never as readonly Record<string, unknown>[];
  expect(study?.['written']).toMatchObject([
    { candidate: promoted?.candidate, fate: 'promoted' },
    { fate: expect.stringMatching(/^(discarded|unconfirmed)$/) },
  ]);
  const { stdout } = await say('status');
  expect(stdout).toMatch(/wrote [0-9a-f]{12}, trial \d+: promoted/);
  expect(stdout).toMatch(/what .+ said was set aside: It is the (incumbent|origin)/);
  expect(stdout).toMatch(/what .+ said was set aside: No proposer of this study breeds/);
  expect(stdout).toMatch(/what .+ said was set aside: Then no file could be changed/);
  const shown = await say('show', promoted?.candidate ?? '');
  expect(shown.stdout).toMatch(/written by a person \(.+\) for trial \d+/);
  expect(shown.stdout).toMatch(/person\/hand-written/);
});

test('the report names whose it is, audits and verifies', { timeout: 60_000 }, async () => {
  const studies = join(folder, '.paceline/studies');
  const id = readdirSync(studies)[0] ?? '';
  const report = readFileSync(join(studies, id, 'report/report.md'), 'utf8');
  expect(report).toMatch(/written by a person/);
  expect(report).toMatch(/trial \d+: promoted/);
  expect(report).toMatch(/constraint: size at most 900.+\| \d+ trials? barred \|/);
  expect(report).toMatch(/the promotion of trial \d+ is a person’s \(hand-written candidate/);
  expect((await say('report', '--audit')).stdout).toMatch(/follow from the ledger/);
  expect((await say('verify')).code).toBe(0);
});
