/** A study whose ideas come from a program in Python: a gain, a kill in the middle, and what is refused. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertGone, isAlive, processesNamed } from '../../src/testing/processes.ts';
import { cli, ending, startCli } from './fixtures/cli.ts';
import { SOURCE_CONFIG, sourceFolder } from './fixtures/source-task.ts';

/** The mean of so many samples; every fifth answer is prose, and each call leaves a line. */
const PROPOSE = `
import json, os, random, sys, time

request = json.load(sys.stdin)
with open("asked.log", "a") as log:
    print(json.dumps({"pid": os.getpid(), "trial": request["trial"], "request": request}), file=log)
if request["trial"] > 7 and os.path.exists("hang-once"):
    os.remove("hang-once")
    time.sleep(600)
rng = random.Random(request["seed"])
if request["trial"] % 5 == 4:
    print("I would try \\x1b[31mthe mean\\x1b[0m of them.")
    sys.exit(0)
(path, text), = request["parent"]["files"].items()
count = rng.randint(2, 10)
head, rest = text.split("  return ", 1)
tail = rest.split("\\n", 1)[1]
body = f"  return samples.slice(0, {count}).reduce((sum, one) => sum + one, 0) / {count};\\n"
print(json.dumps({"files": {path: head + body + tail}, "hypothesis": f"mean of {count}", "expected": 0.1}))
`;

const LIST = '{ use: scripted, folder: candidates }';
const configOf = (entry: string, budget = 'trials: 20'): string =>
  SOURCE_CONFIG.replace(LIST, entry).replace('trials: 8', budget);
const ENTRY = '{ use: command, command: python3 propose.py, timeout: 20s }';

const folderOf = (config: string): string =>
  sourceFolder({ 'paceline.yaml': config, 'propose.py': PROPOSE });

interface Logged {
  readonly pid: number;
  readonly trial: number;
  readonly request: {
    readonly fromOrigin: boolean;
    readonly inspirations: readonly unknown[];
    readonly feedback: readonly { readonly outcome: string; readonly message?: string }[];
  };
}

const logOf = (folder: string): readonly Logged[] => {
  const file = join(folder, 'asked.log');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line) as Logged);
};

interface Result {
  readonly status: string;
  readonly reproducible: string;
  readonly trials: { readonly total: number; readonly byEnd?: Readonly<Record<string, number>> };
  readonly promotions: readonly { readonly candidate: string }[];
  readonly spent: Readonly<Record<string, number>>;
}

test('a program finds a gain; what is no candidate is said, in the ledger and to the program', {
  timeout: 120_000,
}, async () => {
  const folder = folderOf(configOf(ENTRY));
  const run = await cli(folder, 'run', '--json');
  expect(run.code, run.stderr).toBe(0);
  const result = run.json() as unknown as Result;
  expect(result).toMatchObject({
    status: 'budget',
    reproducible: 'replay',
    trials: { total: 20 },
    promotions: [{ candidate: expect.any(String) }],
  });
  expect(result.spent).not.toHaveProperty('microUsd');
  const asked = logOf(folder);
  expect(asked.map(({ trial }) => trial).sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
  const told = asked.flatMap(({ request }) => request.feedback);
  expect(told.find(({ outcome }) => outcome === 'invalid')?.message).toBe(
    'The command gave no candidate. Its answer is neither a JSON object nor a unified diff; it begins with "I would try \ufffd[31mthe mean\ufffd[0m of them.".',
  );
  for (const { request } of asked.filter((one) => one.request.fromOrigin)) {
    expect(request).toMatchObject({ inspirations: [], feedback: [] });
  }
  const before = asked.length;
  const verified = await cli(folder, 'verify');
  expect(verified.code, verified.stdout + verified.stderr).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const shown = await cli(folder, 'show', result.promotions[0]?.candidate ?? '');
  expect(shown.stdout).toMatch(
    /hypothesis of its proposer: mean of \d+\ngain it expected: \+0\.1 points/,
  );
  expect((await cli(folder, 'show', 'e3b0c44298fc')).stderr).toMatch(/No candidate/);
  // Whatever reads a ledger reads it there: the program is not asked again.
  expect(logOf(folder)).toHaveLength(before);
});

test('killed with -9 in the middle it takes its program with it, and goes on where it was', {
  timeout: 120_000,
}, async () => {
  const folder = folderOf(configOf(ENTRY.replace('python3', 'python3 -u')));
  writeFileSync(join(folder, 'hang-once'), '');
  const child = startCli(folder, 'run');
  const ended = ending(child);
  while (existsSync(join(folder, 'hang-once'))) await new Promise((done) => setTimeout(done, 20));
  const hanging = logOf(folder).filter(({ pid }) => isAlive(pid));
  expect(hanging.length).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await ended;
  await assertGone(logOf(folder).map(({ pid }) => pid));
  const before = logOf(folder).length;
  const settled = await settledIn(folder);
  const resumed = await cli(folder, 'resume', '--json');
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.json()).toMatchObject({ status: 'budget', trials: { total: 20 } });
  const again = logOf(folder)
    .slice(before)
    .map(({ trial }) => trial);
  expect(settled.length).toBeGreaterThan(0);
  expect(settled.filter((trial) => again.includes(trial))).toEqual([]);
  const all = logOf(folder).map(({ trial }) => trial);
  expect(new Set(all).size).toBe(20);
  // What had answered is in the ledger: only those that had not are asked again.
  const twice = all.length - new Set(all).size;
  expect(twice).toBeGreaterThan(0);
  // One in each of the two arms: the other may have ended between its answer and the kill.
  expect(twice).toBeLessThanOrEqual(2);
  expect((await cli(folder, 'verify')).code).toBe(0);
});

/** Trials that the ledger holds, in whatever state it was left. */
async function settledIn(folder: string): Promise<readonly number[]> {
  const [study] = (
    (await cli(folder, 'status', '--json')).json() as never as {
      readonly studies: readonly { readonly trials: number }[];
    }
  ).studies;
  return [...Array(study?.trials ?? 0).keys()];
}

test('interrupted while the program thinks, it leaves at once and takes the program along', {
  timeout: 60_000,
}, async () => {
  const folder = folderOf(configOf('{ use: command, command: sleep 4321, timeout: 10m }'));
  const child = startCli(folder, 'run');
  const ended = ending(child);
  const sleeping = () => processesNamed(/^sleep\x004321\x00/);
  while (sleeping().length === 0) await new Promise((done) => setTimeout(done, 50));
  const pids = sleeping();
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  await assertGone(pids);
});

test.each([
  [true, 73, /was opened with another evaluator/],
  [false, 0, /./],
])(
  'edited while it is interrupted, repeatable %s: exit code %i',
  { timeout: 60_000 },
  async (isRepeatable, code, says) => {
    const entry = ENTRY.replace('timeout', `repeatable: ${isRepeatable}, timeout`);
    const folder = folderOf(configOf(entry, 'trials: 12'));
    writeFileSync(join(folder, 'hang-once'), '');
    const child = startCli(folder, 'run');
    const ended = ending(child);
    while (existsSync(join(folder, 'hang-once'))) await new Promise((done) => setTimeout(done, 20));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    writeFileSync(join(folder, 'propose.py'), `${PROPOSE}# another\n`);
    const resumed = await cli(folder, 'resume');
    expect({ code: resumed.code, said: resumed.stderr }).toEqual({
      code,
      said: expect.stringMatching(says),
    });
  },
);

test('a wall budget ends a program that thinks for longer', { timeout: 60_000 }, async () => {
  const thinking = '{ use: command, command: sleep 5432, timeout: 10m }';
  const folder = folderOf(configOf(thinking, 'wall: 4s'));
  const run = await cli(folder, 'run', '--json');
  expect(run.code, run.stderr).toBe(0);
  expect(run.json()).toMatchObject({ status: 'budget', stoppedBy: 'wall', trials: { total: 0 } });
  await assertGone(processesNamed(/^sleep\x005432\x00/));
});

test('a program that always fails ends in invalid trials, and the study at its budget', {
  timeout: 60_000,
}, async () => {
  const folder = folderOf(configOf('{ use: command, command: python3 gone.py }', 'trials: 4'));
  const run = await cli(folder, 'run', '--json');
  expect(run.code, run.stderr).toBe(0);
  expect(run.json()).toMatchObject({ status: 'budget', trials: { total: 4 }, promotions: [] });
  const report = await cli(folder, 'report', '--audit');
  expect(report.code).toBe(0);
  expect((await cli(folder, 'verify')).code).toBe(0);
  const [study] = readdirSync(join(folder, '.paceline/studies'));
  const page = join(folder, '.paceline/studies', study ?? '', 'report/report.md');
  expect(readFileSync(page, 'utf8')).toContain('without what the proposer’s own program spent');
  expect(readFileSync(page, 'utf8')).toMatch(
    /\| invalid: The command gave no candidate\. Ended with exit code …\. Its last line: .+ \| 4 \| 0 \| none \|/,
  );
});

test.each([
  [
    'a program that is not there',
    configOf('{ use: command, command: pyhton3 propose.py }'),
    /"pyhton3", which cannot be started \(there is no such program\)/,
  ],
  [
    'evaluations as the only limit',
    configOf(ENTRY, 'evals: 500'),
    /needs trials or wall beside a proposer that is a program of yours/,
  ],
  ['an empty command', configOf('{ use: command, command: "" }'), /command/],
  [
    'a key that nobody reads',
    configOf('{ use: command, command: python3 propose.py, shell: true }'),
    /shell/,
  ],
])('refused before anything is spent: %s', async (_, config, says) => {
  const folder = folderOf(config);
  const { code, stderr } = await cli(folder, 'run');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(says) });
  expect(logOf(folder)).toEqual([]);
});

/** The program that docs/proposers.md begins with. */
const DOCUMENTED = /```python\n([\s\S]+?)```/.exec(
  readFileSync(join(import.meta.dirname, '../../docs/proposers.md'), 'utf8'),
)?.[1];

test('a dry run does not ask a program that may cost something', { timeout: 30_000 }, async () => {
  const folder = folderOf(configOf(ENTRY));
  expect((await cli(folder, 'run', '--dry-run')).code).toBe(0);
  expect(logOf(folder)).toEqual([]);
  const repeatable = configOf(ENTRY.replace('timeout', 'repeatable: true, timeout'));
  const repeated = sourceFolder({ 'paceline.yaml': repeatable, 'propose.py': DOCUMENTED ?? '' });
  const { stdout } = await cli(repeated, 'run', '--dry-run');
  expect(stdout).toMatch(/guarantee +rerun/);
  expect(stdout).toMatch(/^\+ {2}return samples\[/m);
});
