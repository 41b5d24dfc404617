import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { claimCore } from './core-claim.ts';

const OTHER = `require('net').createServer().listen('\\0paceline run times planted', () => console.log('held'));`;

test('planted: another process that measures on the core is found out, until it ends', async () => {
  const other = spawn(process.execPath, ['-e', OTHER], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  const beside = await claimCore('planted');
  expect(beside.isAlone).toBe(false);
  beside.release();
  other.kill('SIGKILL');
  await once(other, 'exit');
  const alone = await claimCore('planted');
  expect(alone.isAlone).toBe(true);
  alone.release();
});

test('studies of one process measure by turns, and are alone together', async () => {
  const [first, second] = [await claimCore('ours'), await claimCore('ours')];
  expect([first.isAlone, second.isAlone]).toEqual([true, true]);
  first.release();
  const third = await claimCore('ours');
  expect(third.isAlone).toBe(true);
  second.release();
  third.release();
});
