/** What the names of text functions promise, on one text, computed by hand. */
import { expect, test } from 'vitest';

interface TextFunction {
  readonly name: string;
  readonly of: (text: readonly number[], k: number) => number | readonly number[];
}

const { TEXT_FUNCTIONS } = await import(new URL('functions.mjs', import.meta.url).href);

const TEXT = 'Cat 907 able FOX oil';
const K = 2;
const codes = (text: string): readonly number[] => [...text].map((one) => one.charCodeAt(0));
const code = (char: string): number => char.charCodeAt(0);

const BY_HAND = {
  'count-capitals': 4,
  'count-consonants': 7,
  'count-different-letters': 10,
  'count-different-vowels': 4,
  'vowels-in-first-half': 2,
  'letters-after-k': 11,
  'alphabetical-steps': 12,
  'digit-sum': 16,
  'sum-of-odd-digits': 16,
  'first-digit': 9,
  'digits-above-average': 2,
  'late-letters': 6,
  'average-digit': 5,
  'letter-k': code('t'),
  'first-letter-raised': code('C'),
  'last-vowel': code('i'),
  'last-in-alphabet': code('x'),
  'alphabet-range': 23,
  'second-in-alphabet': code('a'),
  'largest-letter-jump': 19,
  'median-letter': code('b'),
  'upper-case': codes('CAT 907 ABLE FOX OIL'),
  'letters-only': codes('CatableFOXoil'),
  'digit-values': [9, 0, 7],
  'vowels-only': codes('aaeOoi'),
  'letters-in-order': codes('aabcefillootx'),
  'running-digit-sums': [9, 9, 16],
  'k-largest-digits': [9, 7],
};

test('they compute what they are called', () => {
  const named: readonly TextFunction[] = TEXT_FUNCTIONS.filter(({ name }: TextFunction) =>
    Object.hasOwn(BY_HAND, name),
  );
  const given = Object.fromEntries(named.map(({ name, of }) => [name, of(codes(TEXT), K)]));
  expect(given).toEqual(BY_HAND);
});

test('each has a name of its own', () => {
  const names = TEXT_FUNCTIONS.map(({ name }: TextFunction) => name);
  expect(new Set(names).size).toBe(names.length);
});
