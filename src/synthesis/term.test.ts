/** Programs in words and as JSON, and what is said of those that cannot be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programs, rich, withAbstraction } from '../../test/synthesis/small-languages.ts';
import type { PacelineError } from '../core/errors.ts';
import { bareLanguage, extended } from './language.ts';
import { hole, holesOf, print, readsK, readTerm, size, storedTerm, typeFault } from './term.ts';

const BARE = bareLanguage('numbers');

test('stored and read again a program is the same, through JSON', () => {
  fc.assert(
    fc.property(programs(rich, 4), (term) => {
      const stored = JSON.parse(JSON.stringify(storedTerm(rich, term)));
      expect(readTerm(rich, stored)).toEqual(term);
    }),
    { numRuns: 200, seed: 4 },
  );
});

test('size counts nodes, and print nests them', () => {
  const term = readTerm(BARE, ['fold', 'add', ['map', ['addc', 'k'], '#1']]);
  expect(size(term)).toBe(6);
  expect(print(BARE, term)).toBe('fold(add, map(addc(k), #1))');
  expect([...holesOf(term)]).toEqual([1]);
  expect(hole(1)).toEqual(term.args[1]?.args[1]);
});

test('the languages have 45 primitives, and 54 for text', () => {
  expect(BARE.primitives).toHaveLength(45);
  expect(bareLanguage('text').primitives).toHaveLength(54);
});

const refused = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return `${(error as PacelineError).code}: ${(error as PacelineError).message}`;
  }
  return 'accepted';
};

test.each<[string, () => unknown, RegExp]>([
  [
    'an unknown name',
    () => readTerm(BARE, ['len', 'M']),
    /No primitive or abstraction is called "M"/,
  ],
  [
    'an argument too few',
    () => readTerm(BARE, ['map', 'inc']),
    /"map" takes 2 arguments, 1 are given/,
  ],
  [
    'an argument too many',
    () => readTerm(BARE, ['len', 'L', 'L']),
    /"len" takes 1 arguments, 2 are given/,
  ],
  [
    'a name twice',
    () => extended(BARE, [{ name: 'len', type: 'I', args: ['L'] }]),
    /"len" is in the language already/,
  ],
  [
    'a constant for a body',
    () => withAbstraction(BARE, 'two', { args: 'L', body: '2' }),
    /computes nothing/,
  ],
])('%s is refused in words', (_, act, said) => {
  const answer = refused(act);
  expect(answer).toMatch(/^IMPROVER_INVALID: /);
  expect(answer).toMatch(said);
});

test('a fault of type is told, and every program that search can make has none', () => {
  const of = (stored: Parameters<typeof readTerm>[1], holes: readonly ('L' | 'I')[] = []) =>
    typeFault(BARE, readTerm(BARE, stored), { type: 'I', holes });
  expect(of(['len', 'k'])).toMatch(/k is I where L is needed/);
  expect(of(['sort', 'L'])).toMatch(/sort is L where I is needed/);
  expect(of(['len', '#0'], ['I'])).toMatch(/#0 is I where L is needed/);
  expect(of(['len', '#1'], ['L'])).toMatch(/#1 is not among its arguments/);
  expect(of(['len', '#0'], ['L'])).toBeUndefined();
  fc.assert(
    fc.property(programs(rich, 4), (term) => {
      const type = rich.primitives[term.prim]?.type as 'I' | 'L';
      expect(typeFault(rich, term, { type, holes: [] })).toBeUndefined();
    }),
    { numRuns: 100, seed: 4 },
  );
});

test('a program reads k by itself or through an abstraction', () => {
  expect(readsK(rich, readTerm(rich, ['plus', '1', 'k']))).toBe(true);
  expect(readsK(rich, readTerm(rich, ['kth', 'L']))).toBe(true);
  expect(readsK(rich, readTerm(rich, ['mean', 'L']))).toBe(false);
});
