/** Tasks are recognised by what they do, whatever folder, name or order of inputs they have elsewhere. */
import { expect, test } from 'vitest';
import { fingerprintOf, knownBy } from './fingerprint.ts';
import type { Group } from './overlap.ts';

const LISTS = Array.from({ length: 9 }, (_, at) => ({ list: [at, at + 1, 7 - at], k: at }));
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
const DO: Readonly<Record<string, (list: readonly number[], k: number) => number | null>> = {
  sum,
  first: ([one = 0]) => one,
  'sum but once': (list, k) => (k === 8 ? 0 : sum(list)),
};

function group(names: Readonly<Record<string, string>>, inputs = LISTS, shown = 3): Group {
  const [examples, hidden] = [inputs.slice(0, shown), inputs.slice(shown)];
  const outputs = (of: typeof inputs, name: string) =>
    of.map(({ list, k }) => DO[name]?.(list, k) ?? null);
  return {
    examples,
    hidden,
    tasks: Object.entries(names).map(([name, what]) => ({
      name,
      split: name.startsWith('held') ? 'held-out' : 'train',
      outputs: outputs(examples, what) as number[],
      hiddenOutputs: outputs(hidden, what),
    })),
  };
}

test('under another name, on inputs in another order and split elsewhere', () => {
  const print = fingerprintOf(group({ total: 'sum', 'held back': 'first' }));
  expect(print.tasks).toHaveLength(1);
  const moved = group(
    { 'held a': 'first', 'held b': 'sum', 'held c': 'sum but once' },
    [...LISTS].reverse(),
    6,
  );
  expect(knownBy(moved, print)).toEqual(['held b']);
});

test('planted: one that differs on an input that both have is another task', () => {
  const print = fingerprintOf(group({ total: 'sum' }));
  expect(knownBy(group({ 'held a': 'sum but once' }), print)).toEqual([]);
  // Where that input is not shared, nobody can tell them apart, and it counts as known.
  expect(knownBy(group({ 'held a': 'sum but once' }, LISTS.slice(0, 8)), print)).toEqual([
    'held a',
  ]);
});

test('with fewer than six shared inputs nothing is said', () => {
  const print = fingerprintOf(group({ total: 'sum' }, LISTS.slice(0, 5)));
  expect(knownBy(group({ 'held a': 'sum' }), print)).toBeUndefined();
});
