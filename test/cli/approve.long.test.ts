/** A study whose promotions wait for a person: asked, shown, refused, agreed to, promoted, verified. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

interface Waiting {
  readonly approval: number;
  readonly candidate: string;
  readonly diff: string;
  readonly gain: string;
}

const waitingOf = (ended: { json(): object }): readonly Waiting[] =>
  (ended.json() as { readonly waiting: readonly Waiting[] }).waiting;

test('what waits is shown, and promoted after a yes', { timeout: 600_000 }, async () => {
  const config = configWith(
    'budget: { trials: 8 }',
    'budget: { trials: 16 }\nautonomy: { level: 3 }',
  );
  const folder = exampleFolder({ 'paceline.yaml': config });
  const ran = await cli(folder, 'run', '--json');
  expect(ran.code).toBe(4);
  expect(ran.json()).toMatchObject({ promotions: [], status: 'interrupted' });
  expect(ran.stderr).toMatch(/Waits for a person: request 1/);
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  const listed = await cli(folder, 'approve', '--json');
  expect(listed.code).toBe(4);
  const [first, ...others] = waitingOf(listed);
  if (first === undefined) throw new Error('nothing waits');
  const { approval, candidate, diff, gain } = first;
  expect(diff).toMatch(/^--- a\/origin\/priority\.ts/);
  expect(gain).toMatch(/points .*pairs/);
  const shown = (await cli(folder, 'approve', study, `${approval}`)).stdout;
  for (const words of [/asked because/, /expires/, /gates +pass by/, /unchecked/, /reaches for/]) {
    expect(shown).toMatch(words);
  }
  const status = (await cli(folder, 'status')).stdout;
  expect(status).toContain(`request ${approval} waits for a person`);
  expect(status).not.toContain('interrupted');
  const why = await cli(folder, 'show', candidate, '--why');
  expect(why.stdout).toMatch(/^Gates: pass/);
  expect(why.stdout).toMatch(/C16 scope of the change: pass/);
  const unknown = await cli(folder, 'approve', study, '999', '--yes', '--reason', 'x');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/never asked/)]);
  for (const one of others) {
    const no = ['approve', study, `${one.approval}`, '--reject', '--reason', 'not this one'];
    expect((await cli(folder, ...no)).stdout).toMatch(/left for .* paceline resume/s);
  }
  const yes = ['approve', study, `${approval}`, '--yes', '--reason', 'read the diff'];
  expect((await cli(folder, ...yes)).code).toBe(0);
  const resumed = await cli(folder, 'resume', '--json');
  expect(resumed.code).toBe(0);
  expect(resumed.json()).toMatchObject({
    promotions: [{ candidate }],
    reproducible: 'replay',
  });
  expect((await cli(folder, 'approve', study)).stdout).toMatch(/Nothing waits/);
  expect((await cli(folder, 'approve', study, `${approval}`)).stderr).toMatch(
    /is decided: approved/,
  );
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'verify', '--second')).code).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const report = readFileSync(join(folder, '.paceline/studies', study, 'report/report.md'), 'utf8');
  expect(report).toMatch(/A person approved every promotion/);
  expect(report).toMatch(/approved by .*: read the diff/);
  await evidenceLost(folder, { study, candidate });
});

/** What is missing or damaged is said, check by check. */
async function evidenceLost(
  folder: string,
  { study, candidate }: { readonly study: string; readonly candidate: string },
): Promise<void> {
  const sealed = join(folder, '.paceline/gate', `${study}.evidence`);
  const [one = '', ...others] = readdirSync(sealed);
  writeFileSync(join(sealed, one), '{}');
  for (const name of others) rmSync(join(sealed, name));
  const lost = await cli(folder, 'show', candidate, '--why');
  expect(lost.stdout).toMatch(/is gone, so this verdict cannot be shown to rest on anything/);
  rmSync(join(folder, '.paceline/gate', `${study}.db`));
  const none = await cli(folder, 'show', candidate, '--why');
  expect([none.code, none.stderr]).toEqual([73, expect.stringMatching(/no record of the gate/)]);
}
