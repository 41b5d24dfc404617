import { expect, test } from 'vitest';
import { bareLanguage } from './language.ts';
import { libraryOf, type StoredAbstraction, withLibrary } from './library.ts';

const MEAN: StoredAbstraction = {
  name: 'mean',
  type: 'I',
  args: ['L'],
  body: ['idiv', ['fold', 'add', '#0'], ['len', '#0']],
};
const ABOVE: StoredAbstraction = {
  name: 'above',
  type: 'L',
  args: ['L'],
  body: ['filter', ['gtc', ['mean', '#0']], '#0'],
};

test('what is read into a language comes out of it the same', () => {
  expect(libraryOf(withLibrary(bareLanguage('numbers'), [MEAN, ABOVE]))).toEqual([MEAN, ABOVE]);
});

test('a body that names what comes later, and a name that is taken, are refused', () => {
  const bare = bareLanguage('numbers');
  expect(() => withLibrary(bare, [ABOVE, MEAN])).toThrow(/is called "mean"/);
  expect(() => withLibrary(bare, [MEAN, MEAN])).toThrow(/"mean" is in the language already/);
});

test.each([
  ['a body of another type', { ...MEAN, type: 'L' as const }, /"mean" cannot be used: .*I where L/],
  ['a hole it does not name', { ...MEAN, args: [] }, /#0 is not among its arguments/],
  ['a hole it never uses', { ...MEAN, args: ['L', 'I'] as const }, /its hole #1 is never used/],
])('refused: %s', (_, one, words) => {
  expect(() => withLibrary(bareLanguage('numbers'), [one])).toThrow(words);
});
