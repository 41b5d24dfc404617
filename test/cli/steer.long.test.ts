/** `paceline steer` beside a running study, before a resume, and where it is refused. */
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, ending, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

const folder = exampleFolder({ 'paceline.yaml': configWith('trials: 8', 'trials: 1000000') });

function studyFolder(): string {
  const studies = join(folder, '.paceline/studies');
  return join(studies, readdirSync(studies)[0] ?? '');
}

async function trialsNow(): Promise<number> {
  const { studies } = (await cli(folder, 'status', '--json')).json() as never as {
    readonly studies: readonly [{ readonly trials: number }];
  };
  return studies[0].trials;
}

const GARBAGE = {
  'zz-coup.json': '{"schema":"paceline.steer/1","by":"eve","said":{"kind":"coup"}}',
  'zz-half.json': '{"schema":',
  'Zz Name': 'x',
};

test('beside a running study: taken up between two steps, and the folder is ours', {
  timeout: 120_000,
}, async () => {
  const run = startCli(folder, 'run');
  const ended = ending(run);
  await untilSaid(run, /[1-9]\d* trials?/);
  const words = ['the', 'seeds', '\u001b[31mlook', 'odd'];
  const note = await cli(folder, 'steer', 'note', ...words, '--wait', '90s');
  expect(note.stdout).toMatch(/took it up in entry \d+: note: the seeds look odd\./);
  const letters = join(studyFolder(), 'steer');
  expect(statSync(letters).mode & 0o777).toBe(0o700);
  expect(readdirSync(letters)).toEqual([]);
  run.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(/Taken up from .+: note: the seeds look odd/);
});

test('an interrupted one takes it up with resume; garbage is set aside and named', {
  timeout: 120_000,
}, async () => {
  const letters = join(studyFolder(), 'steer');
  const left = await cli(folder, 'steer', 'budget', '--trials', '0');
  expect(left.stdout).toMatch(/Nobody runs it now; it is taken up with: paceline resume/);
  // As an empty shell variable gives it, beside the only letter that could be meant.
  expect((await cli(folder, 'steer', 'lift', '')).stderr).toMatch(/has the id ""/);
  const trials = (await trialsNow()) + 2;
  expect((await cli(folder, 'steer', 'budget', '--trials', `${trials}`)).code).toBe(0);
  expect((await cli(folder, 'status')).stdout).toMatch(/2 said and not taken up yet/);
  expect((await cli(folder, 'steer', 'pin', 'origin')).stdout).toMatch(/pin of candidate/);
  for (const [name, text] of Object.entries(GARBAGE)) writeFileSync(join(letters, name), text);
  symlinkSync('/etc/passwd', join(letters, 'zz-link.json'));
  const resumed = await cli(folder, 'resume', '--json');
  expect(resumed.code).toBe(0);
  expect(resumed.json()).toMatchObject({ reproducible: 'replay', trials: { total: trials } });
  const { stdout } = await cli(folder, 'status');
  expect(stdout).toMatch(/: note: the seeds look odd/);
  expect(stdout).toMatch(/trials are spent already, so 0 cannot be the limit/);
  for (const name of [...Object.keys(GARBAGE), 'zz-link.json']) {
    expect(stdout).toContain(`what ${name} said was set aside: `);
  }
});

test('the report shows it, audits and verifies', { timeout: 60_000 }, async () => {
  const report = readFileSync(join(studyFolder(), 'report/report.md'), 'utf8');
  expect(report).toMatch(/What people said while it ran/);
  expect(report).toMatch(/the seeds look odd/);
  expect(report).toMatch(/pin of candidate [0-9a-f]{12}/);
  expect(report).toMatch(/people decided too, when they did/);
  expect((await cli(folder, 'report', '--audit')).stdout).toMatch(/follow from the ledger/);
  expect((await cli(folder, 'verify')).code).toBe(0);
});

test.each<[readonly string[], RegExp]>([
  [['note', 'hello'], /is finished, so nothing can be said/],
  [['note', ''], /cannot be said/],
  [['budget', '--wall', 'soon'], /takes a duration such as/],
  [['pin', 'zzzz'], /is not a candidate/],
  [['constraint', 'make', 'it', 'small'], /can check "make it small".+steer note/],
  [['constraint', '--no-privilege', 'magic'], /"magic" is no privilege/],
  [['constraint', '--max-size', 'many'], /--max-size/],
  [['constraint', '--max-size', '0'], /cannot be said/],
  [['lift', 'zz'], /No veto or constraint of .+ has the id "zz"/],
  [['unpin'], /missing required argument/],
  [['veto'], /Veto one thing at a time/],
  [['veto', 'abcd', '--operator', 'x'], /Veto one thing at a time/],
  [['veto', 'zzzz'], /is not a candidate/],
  [['veto', '--operator', 'nobody'], /made by an operator named "nobody"/],
  [['note', 'x', '--study', 'nobody'], /There is no study "nobody"/],
])('refused at once: steer %j', { timeout: 60_000 }, async (args, says) => {
  const { code, stderr } = await cli(folder, 'steer', ...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});
