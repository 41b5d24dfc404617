import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killStrays } from './strays.ts';

const WORK = join(tmpdir(), `paceline-strays-${process.pid}`);

/** What an evaluator of a killed paceline is: a group of its own, and the folder of its rollout. */
function sleeper(folder: string) {
  const env = { ...process.env, PACELINE_CANDIDATE: join(folder, 'candidate') };
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env });
  return { child, ended: once(child, 'exit') };
}

test('all evaluators of a study are ended by its folder, those of another are left alone', async () => {
  const ours = [sleeper(join(WORK, 'a', 'rollout-1')), sleeper(join(WORK, 'a', 'rollout-2'))];
  const theirs = sleeper(join(WORK, 'ab', 'rollout-1'));
  await Promise.all([...ours, theirs].map(({ child }) => once(child, 'spawn')));
  killStrays(join(WORK, 'a'));
  const ends = await Promise.all(ours.map(({ ended }) => ended));
  expect(ends.map(([, signal]) => signal)).toEqual(['SIGKILL', 'SIGKILL']);
  expect(theirs.child.exitCode ?? theirs.child.signalCode).toBeNull();
  killStrays(join(WORK, 'ab', 'rollout-1'));
  expect((await theirs.ended)[1]).toBe('SIGKILL');
});
