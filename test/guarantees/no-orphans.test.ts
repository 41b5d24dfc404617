/** `kill -9` of the real command line in a rollout: nothing it started lives on, without a resume. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, processesNamed } from '../../src/testing/processes.ts';
import {
  cli,
  configWith,
  emptyFolder,
  ending,
  exampleFolder,
  startCli,
} from '../cli/fixtures/cli.ts';
import { isThorough, thorough } from '../thorough.ts';
import { guardsOf, LINGERING, lingerersOf } from './fixtures/lingering.ts';

interface Run {
  readonly child: ReturnType<typeof startCli>;
  readonly ended: ReturnType<typeof ending>;
  /** Evaluator, grandchild that left the group, daemon. */
  readonly pids: readonly number[];
  readonly guards: readonly number[];
}

const isRollout = (path: string | Buffer): boolean => /rollout-[^/]+$/.test(String(path));

/** A study whose evaluator lingers, with everything it started known. */
async function lingering(folder: string): Promise<Run> {
  const child = startCli(folder, 'run', '--quiet');
  const ended = ending(child);
  await expect.poll(() => lingerersOf(folder).length, { timeout: 30_000 }).toBe(3);
  return { child, ended, pids: lingerersOf(folder), guards: guardsOf(folder) };
}

test('killed without warning: evaluator, grandchildren, daemons and the leash are gone', {
  timeout: 60_000,
}, async () => {
  const folder = exampleFolder({ 'evaluator/main.mjs': LINGERING });
  const { child, ended, pids, guards } = await lingering(folder);
  expect(guards).toHaveLength(1);
  child.kill('SIGKILL');
  await ended;
  await expect
    .poll(() => [...pids, ...guards].filter(isAlive), { timeout: 3000, interval: 20 })
    .toEqual([]);
});

test('killed together with the leash: a jail goes with its parent', {
  timeout: 60_000,
}, async () => {
  const folder = exampleFolder({ 'evaluator/main.mjs': LINGERING });
  const { child, ended, pids, guards } = await lingering(folder);
  for (const guard of guards) process.kill(guard, 'SIGKILL');
  child.kill('SIGKILL');
  await ended;
  await expect.poll(() => pids.filter(isAlive), { timeout: 3000, interval: 20 }).toEqual([]);
});

thorough(
  'killed without warning: warm workers and the judge are gone, their folders with the next start',
  {
    timeout: 60_000,
  },
  async () => {
    const folder = join(emptyFolder(), 'tsp');
    expect((await cli(dirname(folder), 'init', 'tsp', '--example', 'tsp')).code).toBe(0);
    const config = join(folder, 'paceline.yaml');
    const text = readFileSync(config, 'utf8');
    // Nothing is ever accepted: what gates do would take its time here, and leave no more.
    const small = text.replace('cities: 50, instances: 12', 'cities: 12, instances: 2');
    writeFileSync(config, small.replace('2 sigma }', '2 sigma, minEffect: 1000 }'));
    const child = startCli(folder, 'run', '--quiet', '--trials', '2');
    const ended = ending(child);
    const inJail = () =>
      processesNamed(new RegExp(`${folder}/(solver/solve|evaluator/judge)\\.ts`));
    const work = join(folder, '.paceline/work');
    const studies = join(folder, '.paceline/studies');
    const folders = () => readdirSync(work, { recursive: true }).filter(isRollout);
    // A worker that answers, and the one that is started ahead; the audit before the study has its own.
    await expect
      .poll(() => existsSync(studies) && existsSync(work) && folders().length, { timeout: 30_000 })
      .toBeGreaterThan(1);
    expect(inJail().length).toBeGreaterThan(1);
    child.kill('SIGKILL');
    await ended;
    await expect.poll(inJail, { timeout: 3000, interval: 20 }).toEqual([]);
    expect(folders().length).toBeGreaterThan(0);
    expect((await cli(folder, 'resume', '--quiet')).code).toBe(0);
    expect(readdirSync(work)).toEqual([]);
    expect(inJail()).toEqual([]);
  },
);

test.each(isThorough ? (['SIGINT', 'SIGTERM', 'SIGHUP'] as const) : (['SIGTERM'] as const))(
  'ended by %s twice: the leash goes too',
  { timeout: 60_000 },
  async (signal) => {
    const folder = exampleFolder({ 'evaluator/main.mjs': LINGERING });
    const { child, ended, pids, guards } = await lingering(folder);
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill(signal);
    await ended;
    await expect
      .poll(() => [...pids, ...guards].filter(isAlive), { timeout: 3000, interval: 20 })
      .toEqual([]);
  },
);

thorough('a study that ends by itself leaves no leash', { timeout: 60_000 }, async () => {
  // Nothing is ever accepted: what gates do leaves no leash of another kind.
  const never = configWith('budget:', 'rule: { minEffect: 1000 }\nbudget:');
  const folder = exampleFolder({ 'paceline.yaml': never });
  expect((await cli(folder, 'run', '--quiet', '--trials', '1')).code).toBe(0);
  expect(guardsOf(folder)).toEqual([]);
  expect(readdirSync(join(folder, '.paceline/work'))).toEqual([]);
});
