/** The task sets keep the rules they are made by (recursion2.md §2 to §4), for seeds nobody tuned them on. */
import { describe, expect, test } from 'vitest';
import type { Task, TaskSet } from '../../src/app/task-sets/schema.ts';
import type { Input } from '../../src/synthesis/memory.ts';
import { overlapWithin } from '../../src/synthesis/overlap.ts';

const load = (path: string) => import(new URL(path, import.meta.url).href);
const [generated, everyday, text, deep] = await Promise.all(
  ['generated', 'everyday', 'text', 'deep'].map((name) => load(`${name}/set.mjs`)),
);
const { reservedCells } = await load('generated/pool.mjs');
const { behaviourOf, isUsable } = await load('behaviour.mjs');

const SEED = 811;
const options = { seed: SEED, inputsSeed: SEED, flags: {} };
const withEveryday = { ...options, flags: { everyday: true } };
const SETS: Readonly<Record<string, TaskSet>> = {
  generated: generated.makeSet(withEveryday),
  everyday: everyday.makeSet(options),
  text: text.makeSet(options),
  deep: deep.makeSet(withEveryday),
};

const groupOf = (name: string) => {
  const [group] = SETS[name]?.groups ?? [];
  if (group === undefined) throw new Error(`${name} has no group`);
  return group;
};
const countBy = (tasks: readonly Task[]) => {
  const counts: Record<string, number> = {};
  for (const { family, split } of tasks) {
    const key = `${family} ${split}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};
const within = (low: number, high: number) => (value: number | undefined) =>
  value !== undefined && value >= low && value <= high;

test('generated: 260 and 140, and half of what everyday functions are left', () => {
  const counts = countBy(groupOf('generated').tasks);
  expect(counts).toMatchObject({ 'generated train': 260, 'generated held-out': 140 });
  const [train = 0, heldOut = 0] = [counts['everyday train'], counts['everyday held-out']];
  expect([0, 1]).toContain(heldOut - train);
  expect(train + heldOut).toSatisfy(within(60, 78));
});

test('deep: 390 and 210 with everyday functions in both halves', () => {
  const counts = countBy(groupOf('deep').tasks);
  expect(counts).toMatchObject({ 'deep train': 390, 'deep held-out': 210 });
  expect(counts['everyday train']).toSatisfy(within(30, 40));
});

test('text: 55 to 62 functions on 20 characters, none of them for training until halved', () => {
  const { tasks, examples, hidden } = groupOf('text');
  expect(countBy(tasks)).toEqual({ 'text held-out': tasks.length });
  expect(tasks.length).toSatisfy(within(55, 62));
  for (const { list } of [...examples, ...hidden]) {
    expect(String.fromCharCode(...list)).toMatch(
      /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+( [A-Za-z0-9]+)* ?$/,
    );
    expect(list).toHaveLength(20);
  }
  const halves: TaskSet = text.makeSet({ ...options, flags: { halves: true } });
  const counts = countBy(halves.groups[0]?.tasks ?? []);
  expect(counts['text train']).toBe(Math.floor(tasks.length / 2));
  expect(counts['text held-out']).toBe(Math.ceil(tasks.length / 2));
});

test('a third of the cells is reserved, never in training, and holds all that is held out', () => {
  const reserved: ReadonlySet<string> = reservedCells(SEED);
  expect(reserved.size).toBe(Math.round(0.33 * 18 * 16));
  for (const cell of reserved) expect(cell).not.toMatch(/^all\/|\/identity$/);
  for (const name of ['generated', 'deep']) {
    const own = groupOf(name).tasks.filter(({ family }) => family === name);
    for (const { cell, split, name: task } of own)
      expect(reserved.has(cell ?? ''), task).toBe(split === 'held-out');
  }
});

test('in a deep training task no selection meets the transform after it in a reserved cell', () => {
  const reserved = [...(reservedCells(SEED) as ReadonlySet<string>)];
  const chains = reserved.map((cell) => {
    const [selection, transform] = cell.split('/');
    return `-of-${transform}-of-${selection}`;
  });
  const ends = (name: string, chain: string) =>
    name.endsWith(chain) || name.includes(`${chain}-of-`);
  const holds = ({ name }: Task) => chains.some((chain) => ends(name, chain));
  const own = groupOf('deep').tasks.filter(({ family }) => family === 'deep');
  expect(own.filter(({ split }) => split === 'train').filter(holds)).toEqual([]);
  expect(own.filter(({ split }) => split === 'held-out').every(holds)).toBe(true);
});

test.each(Object.keys(SETS))('%s: no two tasks do the same, within and across halves', (name) => {
  expect(overlapWithin(SETS[name]?.groups ?? [])).toEqual({ repeats: [], apart: [] });
});

test.each(Object.keys(SETS))('%s: names are unique and say the family', (name) => {
  const { tasks } = groupOf(name);
  expect(new Set(tasks.map((task) => task.name)).size).toBe(tasks.length);
  for (const task of tasks) expect(task.name.startsWith(`${task.family}/`)).toBe(true);
});

test.each(Object.keys(SETS))('%s: outputs are within the language and tell enough', (name) => {
  const { tasks, examples, hidden } = groupOf(name);
  expect([examples.length, hidden.length]).toEqual([6, 30]);
  for (const { outputs, hiddenOutputs, name: task } of tasks) {
    expect([outputs.length, hiddenOutputs.length], task).toEqual([6, 30]);
    expect(outputs, task).not.toContain(null);
    expect(hiddenOutputs.filter((one) => one === null).length, task).toBeLessThanOrEqual(3);
    expect(new Set(outputs.map(String)).size, task).toBeGreaterThanOrEqual(3);
    const values = [...outputs, ...hiddenOutputs].flatMap((one) => one ?? []);
    expect(
      values.every((one) => Number.isInteger(one) && Math.abs(one) <= 1e6),
      task,
    ).toBe(true);
  }
});

test('inputs of numbers: 4 to 9 elements, mostly −7…11, k from 1 to 3', async () => {
  const { numberInputs } = await load('inputs.mjs');
  const all: readonly Input[] = [1, 2, 3, 4, 5].flatMap((seed) => {
    const { examples, hidden } = numberInputs(seed);
    return [...examples, ...hidden];
  });
  expect(new Set(all.map(({ list }) => list.length))).toEqual(new Set([4, 5, 6, 7, 8, 9]));
  expect(new Set(all.map(({ k }) => k))).toEqual(new Set([1, 2, 3]));
  const elements = all.flatMap(({ list }) => list);
  expect([Math.min(...elements), Math.max(...elements)]).toEqual([-15, 25]);
  // .25·22/41 of all lie outside of −7…11.
  const outside = elements.filter((one) => one < -7 || one > 11).length / elements.length;
  expect(outside).toSatisfy(within(0.1, 0.17));
});

test('a seed of inputs moves inputs only: cells stay, and sets that share it share inputs', () => {
  const moved: TaskSet = everyday.makeSet({ ...options, seed: SEED + 1 });
  expect(moved.groups[0]?.examples).toEqual(groupOf('everyday').examples);
  expect(groupOf('deep').hidden).toEqual(groupOf('generated').hidden);
});

describe('what is no task', () => {
  const inputs = {
    examples: [1, 2, 3, 4, 5, 6].map((n) => ({ list: [n, 0, n], k: 1 })),
    hidden: Array.from({ length: 30 }, (_, n) => ({ list: [n], k: 1 })),
  };
  const usable = (compute: (list: readonly number[]) => unknown): boolean =>
    isUsable(behaviourOf(compute, inputs));
  const head = (list: readonly number[]) => list[0] ?? 0;
  test.each([
    [
      'a failure on one example',
      (list: readonly number[]) => (head(list) === 3 && list.length > 1 ? null : head(list)),
    ],
    [
      'four failures in all',
      (list: readonly number[]) => (list.length === 1 && head(list) < 4 ? null : head(list)),
    ],
    [
      'two outputs on the examples',
      (list: readonly number[]) => (list.length > 1 ? head(list) % 2 : head(list)),
    ],
    [
      'a value beyond the language',
      (list: readonly number[]) => (head(list) > 5 ? 1e6 + 1 : head(list)),
    ],
    ['a list beyond it', (list: readonly number[]) => Array(20 + head(list)).fill(head(list))],
    ['NaN', (list: readonly number[]) => (list.length > 1 ? head(list) : Number.NaN)],
  ])('%s', (_, compute) => {
    expect(usable(compute)).toBe(false);
  });

  test('three failures, and three outputs, are a task', () => {
    expect(usable((list) => (list.length === 1 && head(list) < 3 ? null : head(list) % 3))).toBe(
      true,
    );
  });
});
