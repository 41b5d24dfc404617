import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killStrays } from './strays.mjs';

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

test('planted: a process that shows no environment does not hold up the end of a jail', async () => {
  const bare = spawn('sleep', ['60'], { stdio: 'ignore', env: {} });
  await once(bare, 'spawn');
  const took = (options: { readonly isJailed?: boolean }): number => {
    const before = performance.now();
    killStrays(`${WORK}/none\0`, options);
    return performance.now() - before;
  };
  const [jailed, open] = [took({ isJailed: true }), took({})];
  bare.kill('SIGKILL');
  // A hundred looks, since it could be between two programs.
  expect(open).toBeGreaterThan(190);
  expect(jailed).toBeLessThan(open / 4);
});
