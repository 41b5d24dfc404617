import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { killJail, killStrays } from './strays.mjs';

const WORK = join(tmpdir(), `paceline-strays-${process.pid}`);

/** What an evaluator of a killed paceline is: a group of its own, and the mark of its run. */
function sleeper(mark: string) {
  const env = { ...process.env, PACELINE_RUN: mark };
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env });
  return { child, ended: once(child, 'exit') };
}

type Sleeper = ReturnType<typeof sleeper>;
const isRunning = ({ child }: Sleeper): boolean =>
  child.exitCode === null && child.signalCode === null;

test('runs are ended by the start of their mark, one of them by its end, others are left alone', async () => {
  const [first, second, tenth, theirs] = ['a/1', 'a/2', 'a/10', 'ab/1'].map((mark) =>
    sleeper(`${WORK}/${mark}`),
  ) as [Sleeper, Sleeper, Sleeper, Sleeper];
  await Promise.all([first, second, tenth, theirs].map(({ child }) => once(child, 'spawn')));
  killStrays(`${WORK}/a/1\0`);
  expect((await first.ended)[1]).toBe('SIGKILL');
  expect([second, tenth, theirs].map(isRunning)).toEqual([true, true, true]);
  killStrays(`${WORK}/a/`);
  expect((await Promise.all([second.ended, tenth.ended])).map(([, signal]) => signal)).toEqual([
    'SIGKILL',
    'SIGKILL',
  ]);
  expect(isRunning(theirs)).toBe(true);
  killStrays(`${WORK}/ab/`);
  expect((await theirs.ended)[1]).toBe('SIGKILL');
});

/** Of a run that left nothing. */
const looks = (isJailed: boolean): number => killStrays(`${WORK}/none\0`, { isJailed });

test('planted: a process that shows no environment does not hold up the end of a jail', async () => {
  const bare = spawn('sleep', ['60'], { stdio: 'ignore', env: {} });
  await once(bare, 'spawn');
  const [jailed, open] = [looks(true), looks(false)];
  bare.kill('SIGKILL');
  // It could be between two programs, for as long as it is young; of the other jails here some may just end.
  expect(jailed).toBeLessThan(open / 2);
});

/** The only child of a process, once there is one. */
async function childOf(parent: number | undefined): Promise<number> {
  for (;;) {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim();
    if (children !== '') return Number(children);
    await sleep(5);
  }
}

/** Of a process that somebody keeps from being taken leave of. */
async function untilState(pid: number | undefined, letter: 'T' | 'Z'): Promise<void> {
  const state = new RegExp(`^State:\\t${letter}`, 'm');
  while (!state.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) await sleep(1);
}

test('a jail is ended by its first process, and by no number that is another by now', async () => {
  const [ours, theirs] = [sleeper(`${WORK}/jail/1`), sleeper(`${WORK}/jail/12`)];
  await Promise.all([ours, theirs].map(({ child }) => once(child, 'spawn')));
  const mark = `${WORK}/jail/1\0`;
  expect(await killJail(theirs.child.pid ?? 0, mark)).toBe(1);
  expect([ours, theirs].map(isRunning)).toEqual([true, true]);
  expect(await killJail(ours.child.pid ?? 0, mark)).toBeGreaterThan(1);
  expect((await ours.ended)[1]).toBe('SIGKILL');
  killStrays(`${WORK}/jail/`);
  expect((await theirs.ended)[1]).toBe('SIGKILL');
});

test.skipIf(process.getuid?.() !== 0)(
  'planted: a jail whose first process ends before the others are gone is waited for',
  async () => {
    const jail = spawn('unshare', ['--pid', '--fork', 'sleep', '60'], { stdio: 'ignore' });
    const first = await childOf(jail.pid);
    const words = ['--target', `${first}`, '--pid', 'sleep', '61'];
    const joined = spawn('nsenter', words, { stdio: 'ignore' });
    const inside = await childOf(joined.pid);
    // Nobody takes leave of its child, and the first process waits for that.
    try {
      joined.kill('SIGSTOP');
      await untilState(joined.pid, 'T');
      process.kill(first, 'SIGKILL');
      await untilState(inside, 'Z');
      expect(looks(true)).toBeGreaterThan(100);
      expect(await killJail(first, `${WORK}/none\0`)).toBeGreaterThan(100);
    } finally {
      // It takes leave of its child and ends: left behind it would hold up every other jail of this machine.
      const left = once(joined, 'exit');
      joined.kill('SIGCONT');
      await left;
      jail.kill('SIGKILL');
    }
  },
);
