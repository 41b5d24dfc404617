import { expect, test } from 'vitest';
import type { Json } from './json.ts';
import { jsonDifferences } from './json-differences.ts';

const placesOf = (found: Json, due: Json) => jsonDifferences(found, due).map(({ at }) => at);

test('equal values differ nowhere, whatever the order of their keys', () => {
  expect(placesOf({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toEqual([]);
});

test('each innermost place is named once, with both sides', () => {
  expect(jsonDifferences({ a: { b: [1, 2], c: 0 } }, { a: { b: [1, 3, 4], d: 0 } })).toEqual([
    { at: 'a.b.1', found: 2, due: 3 },
    { at: 'a.b.2', found: undefined, due: 4 },
    { at: 'a.c', found: 0, due: undefined },
    { at: 'a.d', found: undefined, due: 0 },
  ]);
});

test.each<[Json, Json, string]>([
  [1, 2, ''],
  [null, {}, ''],
  [{ a: [] }, { a: {} }, 'a'],
  [{ a: null }, {}, 'a'],
  [{ a: [1] }, { a: 1 }, 'a'],
])('%j and %j differ at "%s"', (found, due, at) => {
  expect(placesOf(found, due)).toEqual([at]);
});
