import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { Check } from '../gates/contract.ts';
import { knownTask } from '../testing/known-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { qualify } from './qualify.ts';

const never = new AbortController().signal;

/** Refuses by name, and counts how often it looked. */
function refusing(name: Check['name'], texts: readonly string[]) {
  const looked: string[] = [];
  const check: Check = {
    name,
    inapplicable: () => undefined,
    async judge({ candidate: { text } }) {
      looked.push(text);
      const verdict = texts.includes(text) ? 'fail' : 'pass';
      return { verdict, why: '', evidence: null, cases: 1 };
    },
  };
  return { check, looked };
}

const CASES = [
  { name: 'bad', is: 'cheat', class: 'worse' },
  { name: 'good', is: 'honest', class: 'rewrite' },
] as const;

test('every check looks at every case, also after another refused it', async () => {
  const first = refusing('C3', ['bad']);
  const second = refusing('C16', []);
  const task = knownTask({ checks: [first.check, second.check], cases: CASES });
  const table = await qualify({ tasks: [task], gates: sha256('g'), clock: manualClock() }, never);
  expect(second.looked).toEqual(['bad', 'good']);
  expect(table.isWhole).toBe(true);
  expect(table.tried.map(({ case: name, said }) => [name, said])).toEqual([
    ['bad', { C3: 'fail', C16: 'pass' }],
    ['good', { C3: 'pass', C16: 'pass' }],
  ]);
});

test('no check looks twice, and a table of some checks is no whole one', async () => {
  const [first, second] = [refusing('C3', ['bad']), refusing('C16', [])];
  const task = knownTask({ checks: [first.check, second.check], cases: CASES });
  const request = { tasks: [task], gates: sha256('g'), clock: manualClock() };
  const some = await qualify({ ...request, checks: ['C3'] }, never);
  expect(some.isWhole).toBe(false);
  const known = (_: string, name: string) => some.tried.find((one) => one.case === name);
  const all = await qualify({ ...request, known }, never);
  expect(first.looked).toEqual(['bad', 'good']);
  expect(all.tried[0]?.said).toEqual({ C3: 'fail', C16: 'pass' });
});

test('a check that cannot be carried out came to no verdict', async () => {
  const check: Check = {
    name: 'C3',
    inapplicable: () => undefined,
    judge: async () => {
      throw new Error('no jail');
    },
  };
  const task = knownTask({ checks: [check], cases: CASES });
  const table = await qualify({ tasks: [task], gates: sha256('g'), clock: manualClock() }, never);
  expect(table.tried.map(({ said }) => said['C3'])).toEqual(['inconclusive', 'inconclusive']);
});

test('the bench of a task is closed, whatever happened', async () => {
  let isOpen = 0;
  const task = knownTask({ checks: [], cases: CASES });
  const counted = {
    ...task,
    open: async () => {
      isOpen += 1;
      const close = async (): Promise<void> => {
        isOpen -= 1;
      };
      return { ...(await task.open()), close };
    },
  };
  const stop = new AbortController();
  const onTried = (): void => stop.abort();
  const request = { tasks: [counted], gates: sha256('g'), clock: manualClock(), onTried };
  await expect(qualify(request, stop.signal)).rejects.toThrow();
  expect(isOpen).toBe(0);
});

/** Tasks whose one check says which of them are tried at a time. */
function watchedTasks(isTimed: readonly boolean[]) {
  const open = new Set<string>();
  const seen: (readonly string[])[] = [];
  const tasks = isTimed.map((timed, at) => {
    const name = `task ${at}`;
    const check: Check = {
      name: 'C3',
      inapplicable: () => undefined,
      async judge() {
        open.add(name);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push([...open].sort());
        open.delete(name);
        return { verdict: 'pass', why: '', evidence: null, cases: 1 };
      },
    };
    // The later the more cases, so that those are begun first.
    const cases = CASES.flatMap((one) =>
      Array.from({ length: at + 1 }, (_, i) => ({ ...one, name: `${one.name} ${i}` })),
    );
    return knownTask({ name, checks: [check], cases, isTimed: timed });
  });
  return { tasks, seen };
}

test('rows stand in the order of tasks and cases, however many are tried at a time', async () => {
  const rowsWith = async (workers: number) => {
    const { tasks, seen } = watchedTasks([false, false, false]);
    const { tried } = await qualify(
      { tasks, gates: sha256('g'), clock: manualClock(), workers },
      never,
    );
    const most = Math.max(...seen.map((one) => one.length));
    return { rows: tried.map(({ task, case: name }) => `${task} ${name}`), most };
  };
  const [alone, beside] = [await rowsWith(1), await rowsWith(2)];
  expect(alone.rows.slice(0, 4)).toEqual([
    'task 0 bad 0',
    'task 0 good 0',
    'task 1 bad 0',
    'task 1 bad 1',
  ]);
  expect(beside.rows).toEqual(alone.rows);
  expect([alone.most, beside.most]).toEqual([1, 2]);
});

test('planted: a task whose metric is a time is tried last, with nothing beside it', async () => {
  const { tasks, seen } = watchedTasks([true, false, false, true]);
  await qualify({ tasks, gates: sha256('g'), clock: manualClock(), workers: 4 }, never);
  const timed = seen.filter((one) => one.includes('task 0') || one.includes('task 3'));
  expect(timed.every((one) => one.length === 1)).toBe(true);
  expect(seen.slice(-timed.length)).toEqual(timed);
});

test('planted: a task that cannot be opened ends the others, and is what is told', async () => {
  const { tasks } = watchedTasks([false, false]);
  const broken = {
    ...(tasks[0] as (typeof tasks)[0]),
    open: async () => {
      throw new Error('no room');
    },
  };
  const request = { tasks: [broken, ...tasks.slice(1)], gates: sha256('g'), clock: manualClock() };
  await expect(qualify({ ...request, workers: 2 }, never)).rejects.toThrow('no room');
});
