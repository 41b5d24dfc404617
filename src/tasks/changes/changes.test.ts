/** What task kinds make of a promoted change. */
import { expect, test } from 'vitest';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { plain } from '../../source/plain.ts';
import type { TaskKind, Varied } from '../contract.ts';
import { forestTask } from '../forest.ts';
import { sourceTask } from '../source.ts';

const textOf = (made: Varied): string => ('text' in made ? made.text : made.why);

const FILES = { 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' };
const source = sourceTask({ origin: FILES, languageOf: () => plain });
const inA = (text: string) => source.fromFiles({ ...FILES, 'a.txt': text });
const filesOf = (kind: TaskKind, text: string) => kind.toFiles(text)['a.txt'];

test('source: each run of lines is taken back alone; of one change nothing is left to take', () => {
  const found = source.changes.ablate(inA('one\ntwo\nthree\n'), inA('ONE\ntwo\nTHREE\n'));
  expect(found.map(({ text, what }) => [filesOf(source, text), what])).toEqual([
    ['one\ntwo\nTHREE\n', 'change 1 of 2 in a.txt'],
    ['ONE\ntwo\nthree\n', 'change 2 of 2 in a.txt'],
  ]);
  expect(source.changes.ablate(inA('one\n'), inA('ONE\n'))).toEqual([]);
});

test('source: the patch is made in another candidate, or said not to fit', () => {
  const [from, to] = [inA('one\ntwo\nthree\n'), inA('ONE\ntwo\nthree\n')];
  const other = source.fromFiles({ 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'B\n' });
  expect(source.toFiles(textOf(source.changes.transfer(from, to, other)))).toEqual({
    'a.txt': 'ONE\ntwo\nthree\n',
    'b.txt': 'B\n',
  });
  expect(source.changes.transfer(from, to, inA('1\n2\n3\n'))).toEqual({
    why: expect.stringMatching(/does not fit/),
  });
});

test('source: what may not be run without its other half is not offered', () => {
  const small = sourceTask({ origin: FILES, languageOf: () => plain, limitBytes: 20 });
  const at = (text: string) => small.fromFiles({ ...FILES, 'a.txt': text });
  expect(small.changes.ablate(at('one\ntwo\nthree\n'), at('onetwothree\ntwo\n3\n'))).toHaveLength(
    1,
  );
});

const VOCABULARY: Vocabulary = { slots: [{ name: 'value', inputs: ['a', 'b'], result: 'real' }] };
const forest = forestTask({ vocabulary: VOCABULARY, path: 'value.ts' });
const F = (code: string) => `{"value":${code}}`;

test('forest: node by node, and the change at the same place of another', () => {
  const from = F('["+",["v","a"],["v","b"]]');
  const to = F('["+",["c",2],["c",3]]');
  expect(forest.changes.ablate(from, to).map(({ text }) => text)).toEqual([
    F('["+",["v","a"],["c",3]]'),
    F('["+",["c",2],["v","b"]]'),
  ]);
  const made = forest.changes.transfer(from, to, F('["*",["v","b"],["v","b"]]'));
  expect(textOf(made)).toBe(F('["*",["c",2],["c",3]]'));
  expect(forest.changes.transfer(from, to, F('["v","a"]'))).toEqual({
    why: expect.stringMatching(/no place/),
  });
});
