/** What the net sees of outputs, worked by hand, and that it sees more as the library grows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naiveValues } from '../../../test/synthesis/naive-language.ts';
import { only, programs, rich, withAbstraction } from '../../../test/synthesis/small-languages.ts';
import type { Language, Value } from '../language.ts';
import { bareLanguage } from '../language.ts';
import type { Input } from '../memory.ts';
import { print } from '../term.ts';
import { featureCount } from './feature-count.ts';
import { featureTerms } from './feature-terms.ts';
import { featuresOf } from './features.ts';
import { GENERIC } from './generic-features.ts';

const INPUTS: readonly Input[] = [
  { list: [3, 1, 2], k: 2 },
  { list: [4, 4], k: 1 },
];
const LANGUAGE = only('L', 'k', 'sort', 'fold', 'add', 'max', 'len', 'map', 'inc', 'neg');

const seen = (
  language: Language,
  outputs: readonly Value[],
): Readonly<Record<string, number[]>> => {
  const all = featuresOf(language, INPUTS).of(outputs);
  let at = GENERIC;
  return Object.fromEntries(
    featureTerms(language).map(({ term, type }) => {
      const width = type === 'I' ? 3 : 4;
      const own = [...all.subarray(at, at + width)];
      at += width;
      return [print(language, term), own];
    }),
  );
};

test('terms: the input, k, and whatever takes one list, with each function and with k', () => {
  const names = featureTerms(LANGUAGE).map(({ term }) => print(LANGUAGE, term));
  expect(names).toEqual([
    'L',
    'k',
    'sort(L)',
    'fold(add, L)',
    'fold(max, L)',
    'len(L)',
    'map(inc, L)',
    'map(neg, L)',
  ]);
  const bare = featureTerms(bareLanguage('numbers')).map(({ term }) =>
    print(bareLanguage('numbers'), term),
  );
  expect(bare).toEqual(expect.arrayContaining(['nth(k, L)', 'take(k, L)', 'filter(odd, L)']));
  expect(bare.filter((name) => /zip|gtc|addc/.test(name))).toEqual([]);
});

test('integers, by hand', () => {
  // Sums are 6 and 8, lengths 3 and 2.
  const found = seen(LANGUAGE, [6, 4]);
  expect(found['fold(add, L)']).toEqual([0, 0.5, 0.5]);
  expect(found['len(L)']).toEqual([0, 0, 1]);
  expect(seen(LANGUAGE, [6, 8])['fold(add, L)']).toEqual([1, 1, 1]);
  // [3, 1, 2] and [4, 4]: 6 is a sum, 4 is in the list, its maximum and minimum.
  expect(found['L']).toEqual([0.5, 0, 0.5, 0.5]);
  // 3 is the length of the first, 2 of the second; 3 is also in [3, 1, 2], and its maximum.
  expect(seen(LANGUAGE, [3, 2])['L']).toEqual([0.5, 1, 0, 0.5]);
});

test('lists, by hand', () => {
  const found = seen(LANGUAGE, [
    [1, 2, 3],
    [4, 5],
  ]);
  // All of the first and half of the second are in L; equal to neither; both as long.
  expect(found['L']).toEqual([0.75, 0, 1, 0]);
  expect(found['sort(L)']).toEqual([0.75, 0.5, 1, 0]);
  // Integers are compared with the lengths.
  expect(found['len(L)']).toEqual([1, 1, 1]);
});

test('a term undefined on an example says nothing, and shifts no other number', () => {
  const given = [
    { list: [], k: 1 },
    { list: [2], k: 1 },
  ];
  const language = only('L', 'k', 'tail', 'len');
  const all = [...featuresOf(language, given).of([0, 1])];
  expect(all.slice(GENERIC + 4 + 3, GENERIC + 4 + 3 + 4)).toEqual([0, 0, 0, 0]);
  expect(all.slice(-3)).toEqual([1, 1, 1]);
});

test('an abstraction of one list adds its own, one of two lists none', () => {
  const larger = withAbstraction(LANGUAGE, 'top', {
    args: 'L',
    body: ['fold', 'max', ['map', 'neg', '#0']],
  });
  expect(featureCount(larger)).toBe(featureCount(LANGUAGE) + 3);
  expect(seen(larger, [-1, -4])['top(L)']).toEqual([1, 1, 1]);
  const names = featureTerms(rich).map(({ term }) => print(rich, term));
  expect(names).toEqual(expect.arrayContaining(['mean(L)', 'twice(sq, L)', 'runs(min, L)']));
  expect(names.filter((name) => name.startsWith('past('))).toEqual([]);
});

test('whatever the outputs, there are as many numbers as the language promises, all in 0 to 1', () => {
  const features = featuresOf(rich, INPUTS);
  expect(features.count).toBe(featureCount(rich));
  fc.assert(
    fc.property(programs(rich, 4), (term) => {
      const outputs = naiveValues(term, { language: rich, inputs: INPUTS });
      fc.pre(outputs !== null);
      const found = features.of(outputs as readonly Value[]);
      expect(found).toHaveLength(features.count);
      expect(found.every((x) => x >= 0 && x <= 1.000001)).toBe(true);
    }),
    { numRuns: 200, seed: 2 },
  );
});

test('numbers of the outputs alone: by hand for lists, integers and empty lists', () => {
  const generic = (outputs: readonly Value[]) =>
    [...featuresOf(LANGUAGE, INPUTS).of(outputs).subarray(0, GENERIC)].map((x) =>
      Number(x.toFixed(3)),
    );
  const log = (x: number) => Number((Math.log2(1 + x) / Math.log2(1_000_001)).toFixed(3));
  expect(generic([-3, 0])).toEqual(
    [0, 0.5, 0, 0.5, 0.5, log(3) / 2, log(3), 1, 0, 0, 0, 0, 0, 0].map((x) => Number(x.toFixed(3))),
  );
  expect(generic([[1, 2], [2]])).toEqual(
    [1, 0, 1, 2 / 3, 0, (log(1) + 2 * log(2)) / 3, log(2), 2 / 3, 1, 0.5, 1, 0, 0.5, 1.5 / 24].map(
      (x) => Number(x.toFixed(3)),
    ),
  );
  expect(generic([[], []])).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
});
