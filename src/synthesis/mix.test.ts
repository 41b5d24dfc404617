import { expect, test } from 'vitest';
import { learnedGrammar, uniformGrammar } from './costs.ts';
import { bareLanguage } from './language.ts';
import { withLibrary } from './library.ts';
import { mixed } from './mix.ts';
import { readTerm } from './term.ts';

const BARE = bareLanguage('numbers');
const START = { language: BARE, grammar: uniformGrammar(BARE) };
const LANGUAGE = withLibrary(BARE, [
  { name: 'total', type: 'I', args: ['L'], body: ['fold', 'add', '#0'] },
]);
const SOLUTIONS = [readTerm(LANGUAGE, ['plus', ['total', 'L'], ['total', ['sort', 'L']]])];
const LEARNED = learnedGrammar(LANGUAGE, SOLUTIONS);
const at = (name: string): number => LANGUAGE.index.get(name) as number;

test('a quarter of the start is a quarter of every probability that the start knows', () => {
  const grammar = mixed(LANGUAGE, LEARNED, { start: START, share: 0.25 });
  const [parent, child] = [at('plus'), at('len')];
  const learned = LEARNED[parent]?.[0]?.[child] as number;
  const first = START.grammar[parent]?.[0]?.[child] as number;
  expect(grammar[parent]?.[0]?.[child]).toBeCloseTo(0.75 * learned + 0.25 * first, 12);
});

test('what was learned since has nothing from the start, and no type is broken', () => {
  const all = mixed(LANGUAGE, LEARNED, { start: START, share: 1 });
  expect(all[at('plus')]?.[0]?.[at('total')]).toBe(0);
  expect(all[at('plus')]?.[0]?.[at('L')]).toBe(0);
  expect(all[at('total')]?.[0]?.[at('sort')]).toBe(2 ** -4);
  expect(mixed(LANGUAGE, LEARNED, { start: START, share: 0 })).toEqual(LEARNED);
});
