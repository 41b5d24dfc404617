import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { killLeftovers, noteProcess } from './leftovers.ts';

const directory = mkdtempSync(join(tmpdir(), 'paceline-leftovers-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function sleeper() {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  if (child.pid === undefined) throw new Error('sleep is missing');
  return { child, pid: child.pid, ended: once(child, 'exit') };
}

test('an evaluator whose parent was killed is ended by the next one', async () => {
  const folder = join(directory, 'one', 'rollout-a');
  mkdirSync(folder, { recursive: true });
  const { pid, ended } = sleeper();
  noteProcess(folder, pid);
  expect(killLeftovers(join(directory, 'one'))).toBe(1);
  const [, signal] = await ended;
  expect(signal).toBe('SIGKILL');
  expect(killLeftovers(join(directory, 'one'))).toBe(0);
});

test('a number that belongs to another process by now is left alone', async () => {
  const folder = join(directory, 'two', 'rollout-b');
  mkdirSync(folder, { recursive: true });
  const { child, pid, ended } = sleeper();
  writeFileSync(join(folder, 'process'), `${pid} 1`);
  expect(killLeftovers(join(directory, 'two'))).toBe(0);
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  await ended;
});

test('no folder, no process', () => {
  expect(killLeftovers(join(directory, 'nowhere'))).toBe(0);
});
