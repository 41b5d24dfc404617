import { expect, test } from 'vitest';
import { nodeChanges, withSubtree } from './changes.ts';
import { decodeForest, encodeForest } from './codec.ts';
import type { Vocabulary } from './vocabulary.ts';

const VOCABULARY: Vocabulary = {
  slots: [
    { name: 'one', inputs: ['a', 'b'], result: 'real' },
    { name: 'two', inputs: ['a', 'b'], result: 'real' },
  ],
};
const read = (one: string, two = '["v","a"]') =>
  decodeForest(`{"one":${one},"two":${two}}`, VOCABULARY);
const FROM = read('["+",["v","a"],["*",["c",2],["v","b"]]]');

test('the highest subtrees that differ, and nothing of what is the same', () => {
  const to = read('["+",["v","b"],["*",["c",3],["v","b"]]]', '["c",1]');
  const found = nodeChanges(FROM, to).map(({ slot, path }) => [slot, path]);
  expect(found).toEqual([
    ['one', [0]],
    ['one', [1, 0]],
    ['two', []],
  ]);
  expect(nodeChanges(FROM, FROM)).toEqual([]);
  expect(nodeChanges(FROM, read('["-",["v","a"],["v","b"]]'))).toMatchObject([{ path: [] }]);
});

test('each taken back alone leaves the others, and all of them the first', () => {
  const to = read('["+",["v","b"],["*",["c",3],["v","b"]]]', '["c",1]');
  const changes = nodeChanges(FROM, to);
  for (const change of changes) {
    const without = withSubtree(to, change, change.before);
    expect(without && nodeChanges(without, to)).toMatchObject([{ path: change.path }]);
  }
  let all: typeof to | undefined = to;
  for (const change of changes) all = all && withSubtree(all, change, change.before);
  expect(all && encodeForest(all)).toBe(encodeForest(FROM));
});

test('a forest without that place is left alone', () => {
  const [change] = nodeChanges(FROM, read('["+",["v","a"],["*",["c",3],["v","b"]]]'));
  expect(change?.path).toEqual([1, 0]);
  const flat = read('["+",["v","a"],["v","b"]]');
  expect(change && withSubtree(flat, change, change.after)).toBeUndefined();
});
