/** The life of a study from the command line, disturbed in every way a person can. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isThorough, thorough } from '../thorough.ts';
import {
  cli,
  configWith,
  emptyFolder,
  ending,
  exampleFolder,
  startCli,
  untilSaid,
} from './fixtures/cli.ts';

const LONG = { 'paceline.yaml': configWith('trials: 8', 'trials: 5000') };
const SECONDS = 30_000;

interface RunResult {
  readonly study: string;
  readonly status: string;
  readonly trials: { readonly total: number };
  readonly promotions: readonly { readonly candidate: string }[];
  readonly ledger: { readonly seq: number; readonly hash: string };
}

/** Enough for one promotion. */
const TRIALS = 4;

/** One finished study for the tests that read one: each takes a copy of its folder. */
let finished: { readonly folder: string; readonly result: RunResult };
beforeAll(async () => {
  const folder = exampleFolder();
  const run = await cli(folder, 'run', '--json', '--trials', String(TRIALS));
  expect(run.code).toBe(0);
  finished = { folder, result: run.json() as unknown as RunResult };
}, 2 * SECONDS);

function copyOfFinished(): { readonly folder: string; readonly result: RunResult } {
  const folder = join(emptyFolder(), 'copy');
  cpSync(finished.folder, folder, { recursive: true });
  return { folder, result: finished.result };
}

test('run, report, show, verify, status: one story, told five times', {
  timeout: SECONDS,
}, async () => {
  const { folder, result } = copyOfFinished();
  expect(result).toMatchObject({ status: 'budget', trials: { total: TRIALS } });
  expect(result.promotions.length).toBeGreaterThan(0);
  const head = `${result.ledger.seq}:${result.ledger.hash}`;
  expect((await cli(folder, 'verify', '--head', head)).code).toBe(0);
  const audit = await cli(folder, 'report', '--audit');
  expect(audit.stdout).toMatch(/follow from the ledger/);
  expect(audit.code).toBe(0);
  const html = join(folder, '.paceline/studies', result.study, 'report/report.html');
  const page = readFileSync(html, 'utf8');
  writeFileSync(html, page.replace(/promoted/i, '9 promoted'));
  const doubted = await cli(folder, 'report', '--audit');
  expect(doubted.stdout).toMatch(/report\.html/);
  expect(doubted.code).toBe(65);
  expect((await cli(folder, 'report')).code).toBe(0);
  if (isThorough) expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const shown = await cli(folder, 'show');
  expect(shown.stdout).toContain(result.promotions.at(-1)?.candidate);
  expect(shown.stdout).toMatch(/beats incumbent/);
  const { studies } = (await cli(folder, 'status', '--json')).json() as unknown as {
    studies: { id: string; state: string; trials: number }[];
  };
  expect(studies).toMatchObject([{ id: result.study, state: 'finished', trials: TRIALS }]);
});

thorough(
  'what is finished does not resume, and an unknown candidate is not shown',
  {
    timeout: SECONDS,
  },
  async () => {
    const { folder } = copyOfFinished();
    expect((await cli(folder, 'resume')).stderr).toMatch(/is finished/);
    expect((await cli(folder, 'show', 'ffffffff')).stderr).toMatch(/No candidate/);
  },
);

test('a budget of zero is no error; --fail-if-none says that nothing came of it', {
  timeout: SECONDS,
}, async () => {
  const folder = exampleFolder();
  if (isThorough) expect((await cli(folder, 'run', '--trials', '0', '--quiet')).code).toBe(0);
  expect((await cli(folder, 'run', '--trials', '0', '--quiet', '--fail-if-none')).code).toBe(3);
});

test('Ctrl-C pauses; two at once, and another evaluator, are refused by name; resume goes on', {
  timeout: 3 * SECONDS,
}, async () => {
  const folder = exampleFolder(LONG);
  const first = startCli(folder, 'run');
  const ended = ending(first);
  await untilSaid(first, /searching/);
  const second = await cli(folder, 'resume', '--quiet');
  expect(second.code).toBe(75);
  expect(second.stderr).toMatch(new RegExp(String(first.pid)));
  first.kill('SIGINT');
  const interrupted = await ended;
  expect([interrupted.code, interrupted.stderr]).toEqual([130, expect.any(String)]);
  expect(interrupted.stdout).toMatch(/paceline resume packing-test-/);
  const note = join(folder, 'evaluator/note.txt');
  writeFileSync(note, 'changed');
  const other = await cli(folder, 'resume', '--quiet');
  expect([other.code, other.stderr]).toEqual([73, expect.stringMatching(/another evaluator/)]);
  rmSync(note);
  const again = startCli(folder, 'resume');
  const paused = ending(again);
  await untilSaid(again, /searching/);
  again.kill('SIGINT');
  expect((await paused).code).toBe(130);
  expect((await cli(folder, 'verify')).code).toBe(0);
});

test('an altered ledger', { timeout: 2 * SECONDS }, async () => {
  const { folder, result } = copyOfFinished();
  const path = join(folder, '.paceline/studies', result.study, 'ledger.db');
  const bytes = readFileSync(path);
  const text = Buffer.from('"outcome":"scored"');
  const altered = Buffer.from(bytes);
  altered.write('"outcome":"crashed', altered.indexOf(text));
  writeFileSync(path, altered);
  const found = await cli(folder, 'verify');
  expect(found.stdout).toMatch(/entry \d+ \(/);
  expect(found.code).toBe(65);
  for (const verb of isThorough ? ['show', 'apply'] : ['show']) {
    const { code, stdout, stderr } = await cli(folder, verb);
    expect({ verb, code, stdout }).toEqual({ verb, code: 65, stdout: '' });
    expect(stderr).toMatch(/^paceline: Entry \d+ is not what was written there.*paceline verify/);
  }
});

thorough(
  'a ledger that is gone, a foreign and a truncated one',
  {
    timeout: 2 * SECONDS,
  },
  async () => {
    const { folder, result } = copyOfFinished();
    const { study, ledger } = result;
    const path = join(folder, '.paceline/studies', study, 'ledger.db');
    const bytes = readFileSync(path);
    rmSync(path);
    for (const verb of ['show', 'resume']) {
      expect((await cli(folder, verb)).stderr).toMatch(/ledger of .* is gone.*[Rr]estore/);
    }
    expect(existsSync(path)).toBe(false);
    expect((await cli(folder, 'status')).stdout).toMatch(/: The ledger of .* is gone/);
    writeFileSync(path, bytes);
    expect((await cli(folder, 'verify')).code).toBe(0);
    const other = `${ledger.seq}:sha256:${createHash('sha256').update('other').digest('hex')}`;
    expect((await cli(folder, 'verify', '--head', other)).code).toBe(65);
    expect((await cli(folder, 'verify', '--head', 'nonsense')).code).toBe(2);
    truncateSync(path, Math.floor(bytes.length / 2));
    const cut = await cli(folder, 'verify');
    expect([65, 74]).toContain(cut.code);
    expect(cut.stderr + cut.stdout).not.toMatch(/internal error/);
  },
);

test('one damaged study hides none of the others; a copy is not taken for its original', {
  timeout: SECONDS,
}, async () => {
  const { folder } = copyOfFinished();
  const studies = join(folder, '.paceline/studies');
  const [id = ''] = readdirSync(studies);
  cpSync(join(studies, id), join(studies, 'copy'), { recursive: true });
  const copied = await cli(folder, 'verify', 'copy');
  expect(copied.stderr).toMatch(new RegExp(`record of ${id}, not of copy`));
  expect(copied.code).toBe(73);
  writeFileSync(join(studies, 'copy/ledger.db'), 'no database');
  const { code, stdout } = await cli(folder, 'status');
  expect(code).toBe(0);
  expect(stdout).toMatch(/unreadable/);
  expect(stdout).toMatch(new RegExp(`${id} +finished`));
});

thorough('demo null --json is JSON', { timeout: SECONDS }, async () => {
  const { json, code } = await cli(emptyFolder(), 'demo', 'null', '--studies', '3', '--json');
  expect(json()).toMatchObject({ schema: 'paceline.null/1', noise: 'gaussian' });
  expect(code).toBe(0);
});

test('a reader that leaves early is no error', { timeout: SECONDS }, async () => {
  const child = startCli(emptyFolder(), 'demo', 'null', '--studies', '3');
  child.stdout?.destroy();
  const left = await ending(child);
  expect(left.stderr).not.toMatch(/at |Error/);
  expect(left.code).toBe(0);
});
