import { expect, test } from 'vitest';
import { learnedIn, sameAsKnown } from './known-parts.ts';
import { bareLanguage } from './language.ts';
import { withLibrary } from './library.ts';
import { readTerm } from './term.ts';

const LANGUAGE = withLibrary(bareLanguage('numbers'), [
  { name: 'f0_0', type: 'I', args: ['L'], body: ['fold', 'add', '#0'] },
  { name: 'f1_0', type: 'I', args: ['L'], body: ['idiv', ['f0_0', '#0'], ['len', '#0']] },
  { name: 'f2_0', type: 'L', args: ['L', 'L'], body: ['filter', ['gtc', ['f1_0', '#0']], '#1'] },
]);
const TERM = readTerm(LANGUAGE, ['f2_0', ['sort', 'L'], 'L']);

test('a term is made of what its abstractions are made of', () => {
  const names = [...learnedIn(LANGUAGE, TERM)].map((prim) => LANGUAGE.primitives[prim]?.name);
  expect(names.sort()).toEqual(['f0_0', 'f1_0', 'f2_0']);
});

test('an abstraction has the name of what does the same, and no name of what differs once', () => {
  const known = [
    { name: 'mean', type: 'I', args: ['L'], body: ['idiv', ['fold', 'add', '#0'], ['len', '#0']] },
    { name: 'total', type: 'I', args: ['L'], body: ['fold', 'add', ['rev', '#0']] },
    { name: 'lengths', type: 'I', args: ['L'], body: ['len', ['uniq', '#0']] },
  ] as const;
  const inputs = [[1, 2, 6], [4], [-3, 9]].map((list) => ({ list, k: 1 }));
  const names = sameAsKnown(LANGUAGE, known, inputs);
  const named = [...names].map(([prim, name]) => [LANGUAGE.primitives[prim]?.name, name]);
  expect(named).toEqual([
    ['f0_0', 'total'],
    ['f1_0', 'mean'],
  ]);
});
