/** Invariants of outputs: on what each speaks, what keeps it and what breaks it. */
import { expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { invariantsFor } from './invariants.ts';

const INPUTS: readonly Json[] = [[[3, 1, 2], 5]];

test('one list and one number have these, of the whole and of each argument', () => {
  const names = invariantsFor(INPUTS).map(({ name }) => name);
  const kinds = ['rearranged', 'as-long', 'among', 'at-least', 'at-most'];
  const places = ['input', '0', '1'];
  expect(names).toEqual([
    'whole',
    'ascending',
    ...places.flatMap((place) => kinds.map((kind) => `${kind}:${place}`)),
  ]);
});

test.each([
  ['whole', 'its numbers are whole'],
  ['ascending', 'no number of the output is smaller than the one before'],
  ['rearranged:0', 'the output has the items of argument 1, in some order'],
  ['as-long:input', 'the output has as many items as the input'],
  ['among:1', 'the output is one of the numbers of argument 2'],
  ['at-least:0', 'the output is not below the smallest number of argument 1'],
  ['at-most:0', 'the output is not above the largest number of argument 1'],
])('%s says: %s', (name, says) => {
  expect(invariantsFor(INPUTS).find((one) => one.name === name)?.says).toBe(says);
});

const list = [3, 1, 2];
test.each<[string, Json, Json, boolean | undefined]>([
  ['whole', list, 4, true],
  ['whole', list, 4.5, false],
  ['whole', list, [1, 2], true],
  ['whole', list, [1, 2.5], false],
  ['whole', list, [], undefined],
  ['whole', list, 'a', undefined],
  ['ascending', list, [1, 1, 2], true],
  ['ascending', list, [1, 3, 2], false],
  ['ascending', list, [2, 1], false],
  ['ascending', list, [-1, -2, 5], false],
  ['ascending', list, [1], undefined],
  ['ascending', list, 5, undefined],
  ['ascending', list, ['b', 'a'], undefined],
  ['rearranged:0', list, [1, 2, 3], true],
  ['rearranged:0', list, [1, 2, 2], false],
  ['rearranged:0', list, [1, 2], false],
  ['rearranged:0', ['1', 2], [2, 1], false],
  ['rearranged:0', [{ a: 1 }, 2], [2, { a: 1 }], true],
  ['rearranged:0', [], [], undefined],
  ['rearranged:0', list, 6, undefined],
  ['rearranged:0', 6, list, undefined],
  ['as-long:0', list, [7, 7, 7], true],
  ['as-long:0', list, [7, 7], false],
  ['as-long:0', list, [7, 7, 7, 7], false],
  ['as-long:0', [], [], undefined],
  ['as-long:0', list, 'abc', undefined],
  ['among:0', list, 2, true],
  ['among:0', list, 2 + 1e-12, true],
  ['among:0', list, 2.5, false],
  ['among:0', list, [2], undefined],
  ['among:0', [], 2, undefined],
  ['among:0', ['a'], 2, undefined],
  ['at-least:0', list, 1, true],
  ['at-least:0', list, 1 - 1e-12, true],
  ['at-least:0', list, 2, true],
  ['at-least:0', list, 0.9, false],
  ['at-most:0', list, 3, true],
  ['at-most:0', list, 3 + 1e-12, true],
  ['at-most:0', list, 2, true],
  ['at-most:0', list, 3.1, false],
])('%s of %j and the output %j: %s', (name, first, output, holds) => {
  const invariant = invariantsFor(INPUTS).find((one) => one.name === name);
  expect(invariant?.holds([first, 5], output)).toBe(holds);
});
