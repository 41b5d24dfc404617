import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { stillness } from './still.ts';
import { isSame, processesOf } from './usage.ts';

const groups: number[] = [];
afterEach(() => {
  for (const group of groups.splice(0)) process.kill(-group, 'SIGKILL');
});

/** A shell and the child it waits for, in a group of their own. */
async function family(): Promise<number> {
  const child = spawn('sh', ['-c', 'sh -c "echo; while :; do :; done"; true'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  groups.push(pid);
  return pid;
}

const states = (pid: number) =>
  processesOf(pid, true).map(
    (one) => /\) (\w)/.exec(readFileSync(`/proc/${one.pid}/stat`, 'utf8'))?.[1] ?? '',
  );

test.each([true, false])(
  'a run stands still with its children, and goes on; fixed: %s',
  async (isFixed) => {
    const pid = await family();
    const { hold, resume } = stillness({ pid, isIndirect: false, isFixed });
    for (const _ of [1, 2]) {
      hold();
      await expect.poll(() => states(pid)).toEqual(['T', 'T']);
      resume();
      await expect.poll(() => states(pid).includes('T')).toBe(false);
    }
  },
);

test('what only makes the jail is not stopped', async () => {
  const pid = await family();
  const { hold, resume } = stillness({ pid, isIndirect: true, isFixed: true });
  hold();
  await expect.poll(() => states(pid)).toEqual(['S', 'T']);
  resume();
});

test('a question that follows at once finds it running', async () => {
  const pid = await family();
  const { hold, resume } = stillness({ pid, isIndirect: false, isFixed: true });
  hold();
  resume();
  await new Promise((done) => setTimeout(done, 30));
  expect(states(pid)).not.toContain('T');
});

test('planted: a process that was given the number of another is not taken for it', () => {
  const [own] = processesOf(process.pid, true).filter(({ pid }) => pid === process.pid);
  expect(own && isSame(own)).toBe(true);
  expect(own && isSame({ ...own, started: own.started - 1 })).toBe(false);
});
