/** Relations between two answers: how an input is changed, and what the output may then do. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { publicRoot } from '../../core/rng.ts';
import { relationsFor } from './relations.ts';

const random = (index = 0) => publicRoot('relations').stream(index, 'relation');

function relation(name: string, inputs: readonly Json[] = [[[1, 2], 3]]) {
  const found = relationsFor(inputs).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no relation ${name}`);
  return found;
}

function changed(name: string, input: Json, output: Json = 0, index = 0): Json | undefined {
  return relation(name).change(input, output, () => random(index));
}

test('every place has its own, and the whole output one more', () => {
  const kinds = [
    'permutation',
    'scaling',
    'scale-invariance',
    'shift',
    'shift-invariance',
    'odd',
    'even',
    'rising',
    'falling',
  ];
  expect(relationsFor([[1], [2]]).map(({ name }) => name)).toEqual([
    ...kinds.map((kind) => `${kind}:0`),
    'idempotence',
  ]);
});

test.each([
  ['permutation:0', 'the order of argument 1 does not matter'],
  ['scaling:0', '4 times argument 1 gives 4 times the output'],
  ['scale-invariance:0', '4 times argument 1 gives the same output'],
  ['shift:1', '8 more of every number of argument 2 gives 8 more'],
  ['shift-invariance:1', '8 more of every number of argument 2 gives the same output'],
  ['odd:input', 'the negative of the input gives the negative output'],
  ['even:input', 'the negative of the input gives the same output'],
  ['rising:1', 'more of argument 2 never gives less'],
  ['falling:1', 'more of argument 2 never gives more'],
  ['idempotence', 'what it gives for its own output is that output'],
])('%s says: %s', (name, says) => {
  expect(relation(name).says).toBe(says);
});

describe('another order', () => {
  test('has the same items, differs from the one before, and leaves the other places alone', () => {
    const orders = Array.from({ length: 60 }, (_, index) => {
      const [list, rest] = changed('permutation:0', [[1, 2, 3], 9], 0, index) as [number[], number];
      expect(rest).toBe(9);
      expect(list.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
      return list.join('');
    });
    expect(new Set(orders)).toEqual(new Set(['132', '213', '231', '312', '321']));
    expect(changed('permutation:0', [[1, 2], 9])).toEqual([[2, 1], 9]);
  });

  test('is none of one item, of equal ones and of what is no list', () => {
    for (const one of [[], [1], [5, 5, 5], 7, 'ab']) {
      expect(changed('permutation:0', [one, 9])).toBeUndefined();
    }
  });
});

test.each<[string, Json, Json | undefined]>([
  ['scaling:0', [[1, -2.5], 3], [[4, -10], 3]],
  ['scaling:1', [[1, 2], 3], [[1, 2], 12]],
  ['scaling:input', [[1, 2], 3], [[4, 8], 12]],
  ['scaling:0', [[0, 0], 3], undefined],
  ['scaling:0', [[1, 'a'], 3], undefined],
  ['scaling:0', [[1, ['a']], 3], undefined],
  ['scaling:0', ['a', 3], undefined],
  ['scaling:0', [{ a: 1 }, 3], undefined],
  ['scaling:0', [[Number.MAX_VALUE], 3], undefined],
  ['shift:0', [[1, [2, -3]], 3], [[9, [10, 5]], 3]],
  ['shift:1', [[1], 3], [[1], 11]],
  ['odd:0', [[1, -2], 3], [[-1, 2], 3]],
  ['odd:0', [[0], 3], undefined],
])('%s changes %j to %j', (name, input, expected) => {
  expect(changed(name, input)).toEqual(expected);
});

test('more of a number is a step that is whole where the number is', () => {
  const steps = (value: number) =>
    Array.from({ length: 60 }, (_, index) => {
      const [, more] = changed('rising:1', [[1], value], 0, index) as [Json, number];
      return more - value;
    });
  expect(new Set(steps(5))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  expect(new Set(steps(0.5))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8].map((one) => one / 8)));
  expect(changed('rising:0', [[1], 5])).toBeUndefined();
  expect(changed('falling:0', ['a', 5])).toBeUndefined();
});

test.each<[string, Json, Json, boolean]>([
  ['permutation:0', 5, 5, true],
  ['permutation:0', 5, 6, false],
  ['scaling:0', 3, 12, true],
  ['scaling:0', 3, 3, false],
  ['scaling:0', [1, [2]], [4, [8]], true],
  ['scaling:0', [1, [2]], [4, [2]], false],
  ['scaling:0', 'a', 'a', false],
  ['scaling:0', [1, 'a'], [4, 'a'], false],
  ['scaling:0', Number.MAX_VALUE, 1, false],
  ['scale-invariance:0', 3, 3, true],
  ['scale-invariance:0', 3, 12, false],
  ['shift:0', 3, 11, true],
  ['shift:0', 3, 3, false],
  ['shift-invariance:0', 3, 3, true],
  ['shift-invariance:0', 3, 11, false],
  ['odd:0', [1, -2], [-1, 2], true],
  ['odd:0', 1, 1, false],
  ['even:0', 1, 1, true],
  ['even:0', 1, -1, false],
  ['rising:1', 1, 1, true],
  ['rising:1', 1, 2, true],
  ['rising:1', 1, 1 - 1e-12, true],
  ['rising:1', 2, 1, false],
  ['rising:1', 'a', 'b', false],
  ['rising:1', 1, 'b', false],
  ['rising:1', 'a', 1, false],
  ['falling:1', 2, 1, true],
  ['falling:1', 1, 1, true],
  ['falling:1', 1, 2, false],
  ['idempotence', [1, 2], [1, 2], true],
  ['idempotence', [1, 2], [2, 1], false],
])('%s of %j, and of %j after the change: %s', (name, before, after, holds) => {
  expect(relation(name).holds(before, after)).toBe(holds);
});

test.each<[Json, Json, Json | undefined]>([
  [[[3, 1]], [1, 3], [[1, 3]]],
  [[5], 7, [7]],
  [5, 7, 7],
  [[5], 'a', undefined],
  [[[3, 1]], 7, undefined],
  [
    [3, 1],
    [1, 3],
    [1, 3],
  ],
  [{ a: 1 }, { b: 1 }, { b: 1 }],
  [{ a: 1 }, 7, undefined],
])(
  'its own output, of the input %j and the output %j, is asked for as %j',
  (input, output, asked) => {
    expect(changed('idempotence', input, output)).toEqual(asked);
  },
);
