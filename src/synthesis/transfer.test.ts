import { expect, test } from 'vitest';
import { bareLanguage } from './language.ts';
import { withLibrary } from './library.ts';
import { print, readTerm } from './term.ts';
import { forText } from './transfer.ts';

const NUMBERS = withLibrary(bareLanguage('numbers'), [
  { name: 'count', type: 'I', args: ['P', 'L'], body: ['len', ['filter', '#0', '#1']] },
]);
const SOLVED = ['even', 'even', 'pos', 'odd'].map((p) => readTerm(NUMBERS, ['count', p, 'L']));
const { language, grammar } = forText({ language: NUMBERS, solutions: SOLVED });
const at = (name: string): number => language.index.get(name) as number;
const beneath = (child: string): number => grammar[at('count')]?.[0]?.[at(child)] as number;

test('the library goes along by name, whatever its numbers were', () => {
  const { body } = language.primitives[at('count')] ?? {};
  expect(body && print(language, body)).toBe('len(filter(#0, #1))');
  expect(language.primitives).toHaveLength(NUMBERS.primitives.length + 9);
});

test('a predicate of texts is as likely as an average one of numbers, and less than what was used', () => {
  expect(beneath('upperP')).toBeGreaterThan(beneath('ltz'));
  expect(beneath('upperP')).toBeLessThan(beneath('even'));
  expect(beneath('upperP')).toBe(beneath('digitP'));
});

test('half is the uniform start: nothing of it is out of reach', () => {
  const bare = bareLanguage('text').primitives.filter(({ type }) => type === 'I').length;
  const row = grammar[at('plus')]?.[0] as Float64Array;
  expect(row[at('len')] as number).toBeGreaterThanOrEqual(0.5 / bare);
});
