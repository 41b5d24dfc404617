/** Programs from examples of one function alone: all that fit, and what comes nearest where none does. */
import { expect, test } from 'vitest';
import { certainNet } from '../../test/synthesis/small-languages.ts';
import { anyPrograms, programsFor, type Wanted } from './by-example.ts';
import { costsOf, uniformGrammar } from './costs.ts';
import type { Value } from './language.ts';
import { bareLanguage } from './language.ts';
import { print, readsK } from './term.ts';
import { workspace } from './workspace.ts';

const language = bareLanguage('numbers');
const SPACE = workspace(60_000, 6_000_000);
const INPUTS = [
  { list: [3, 1, 7], k: 3 },
  { list: [5, -4], k: 2 },
  { list: [2, 2, 9, 0], k: 4 },
];

const wanted = (outputs: readonly Value[], more: Partial<Wanted> = {}): Wanted => ({
  language,
  domain: 'numbers',
  costs: costsOf(language, uniformGrammar(language)),
  inputs: INPUTS,
  hasK: false,
  outputs,
  candidates: 12_000,
  most: 4,
  ...more,
});

const shown = (of: Wanted): readonly (readonly [string, number])[] =>
  programsFor(of, SPACE).map(({ term, right }) => [print(language, term), right]);

test('several programs that fit, the cheapest first, each once', () => {
  const found = shown(wanted([3, 2, 4]));
  expect(found[0]).toEqual(['len(L)', 3]);
  expect(found).toHaveLength(4);
  expect(new Set(found.map(([name]) => name)).size).toBe(4);
  expect(found.every(([, right]) => right === 3)).toBe(true);
});

test('k is read only where the examples give it, though here it says the same', () => {
  expect(shown(wanted([3, 2, 4], { hasK: true }))[0]).toEqual(['k', 3]);
  expect(programsFor(wanted([3, 2, 4]), SPACE).some(({ term }) => readsK(language, term))).toBe(
    false,
  );
});

test('where none fits, those that fit most, with how many', () => {
  const found = shown(wanted([3, 2, 1000]));
  expect(found[0]).toEqual(['len(L)', 2]);
  expect(found.map(([, right]) => right)).toEqual(
    found.map(([, right]) => right).toSorted((a, b) => b - a),
  );
});

test('a program that needs a 0 is found where k is not given and so is 0 too', () => {
  const inputs = INPUTS.map(({ list }) => ({ list, k: 0 }));
  const found = shown(wanted([-11, -1, -13], { inputs, candidates: 60_000, most: 40 }));
  expect(found.map(([name]) => name)).toContain('minus(0, fold(add, L))');
});

test('lists are wanted as lists', () => {
  expect(
    shown(
      wanted([
        [1, 3, 7],
        [-4, 5],
        [0, 2, 2, 9],
      ]),
    )[0],
  ).toEqual(['sort(L)', 3]);
});

test('any programs are of the type asked for', () => {
  const any = anyPrograms({ language, domain: 'numbers', inputs: INPUTS, hasK: false }, 'L', SPACE);
  expect(any.length).toBeGreaterThan(100);
  expect(any.every(({ prim }) => language.primitives[prim]?.type === 'L')).toBe(true);
  expect(any.some((term) => readsK(language, term))).toBe(false);
});

test('a net brings within reach what plain costs do not, where it says what is needed', () => {
  // The largest product of neighbours.
  const outputs = [7, -20, 18];
  const fits = (more: Partial<Wanted>): boolean =>
    shown(wanted(outputs, { candidates: 1_500, ...more })).some(([, right]) => right === 3);
  expect(fits({})).toBe(false);
  const net = certainNet(language, 'fold', 'max', 'zip', 'mul', 'tail', 'L');
  expect(fits({ net })).toBe(true);
});
