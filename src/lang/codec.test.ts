import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { forestArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import { decodeForest, encodeForest, MAX_ENCODED_LENGTH } from './codec.ts';
import { constant, roundParameters, variable } from './forest.ts';
import type { Vocabulary } from './vocabulary.ts';

const ONE: Vocabulary = { slots: [{ name: 'priority', inputs: ['item'], result: 'real' }] };
const ITEM = '["v","item"]';

function reasonOf(text: string): string {
  try {
    decodeForest(text, ONE);
  } catch (error) {
    if (PacelineError.is(error) && error.code === 'FOREST_INVALID')
      return String(error.data.reason);
    throw error;
  }
  return 'accepted';
}

test('decode after encode is the forest at 6 digits; encode after decode is the same bytes', () => {
  fc.assert(
    fc.property(forestArbitrary(), (forest) => {
      const text = encodeForest(forest);
      const back = decodeForest(text, SAMPLE_VOCABULARY);
      expect(back).toEqual(roundParameters(forest));
      expect(encodeForest(back)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('the bytes are the documented ones, slots sorted whatever order they were given in', () => {
  const forest = { slots: { b: constant(1.23456789), a: variable('item') } };
  expect(encodeForest(forest)).toBe('{"a":["v","item"],"b":["c",1.23457]}');
});

test('63 knot values and their axes stay under 1 KiB', () => {
  const z = Array.from({ length: 63 }, (_, i) => -Math.sqrt(i + 2) / 7);
  const ys = Array.from({ length: 21 }, (_, i) => i * 5);
  const axes = { x: variable('item'), y: variable('slack'), xs: [0.1, 0.4, 0.7], ys, z };
  expect(encodeForest({ slots: { priority: { op: 'grid', ...axes } } }).length).toBeLessThan(1024);
});

test.each([
  ['not JSON', 'nonsense', 'it is not JSON'],
  ['another shape', '[1]', 'an object with one tree for each slot is expected'],
  ['no slot', '{}', 'the slot is missing'],
  ['a slot too many', `{"priority":${ITEM},"x":${ITEM}}`, 'the vocabulary has no such slot'],
  ['a prototype', `{"priority":${ITEM},"__proto__":${ITEM}}`, 'the vocabulary has no such slot'],
  ['an inherited operator', '{"priority":["toString"]}', 'the operator is unknown'],
  ['an operator that is no text', '{"priority":[["+"],1,2]}', 'the operator is unknown'],
  ['an unknown variable', '{"priority":["v","slack"]}', 'this slot has no input slack'],
  [
    'an inherited variable',
    '{"priority":["v","constructor"]}',
    'this slot has no input constructor',
  ],
  ['bad arity', `{"priority":["+",${ITEM}]}`, '+ takes 2 arguments'],
  ['a wrong type', `{"priority":["not",["lt",${ITEM},${ITEM}]]}`, 'the slot gives a real'],
  ['a wrong argument', `{"priority":["if",${ITEM},${ITEM},${ITEM}]}`, 'bool expected, not real'],
  ['an overflowing number', '{"priority":["c",1e999]}', 'number expected'],
  [
    'a number too large',
    '{"priority":["c",1e301]}',
    'every number is finite and at most 1e300 in magnitude',
  ],
  ['a number as text', '{"priority":["c","1"]}', 'number expected'],
  ['a null node', '{"priority":null}', 'array expected'],
  [
    'equal knots',
    `{"priority":["grid",${ITEM},${ITEM},[1,1.0000001],[1],[1,2]]}`,
    'knots ascend strictly, at 6 significant digits',
  ],
  ['an empty axis', `{"priority":["grid",${ITEM},${ITEM},[],[1],[]]}`, 'an axis has 1 to 64 knots'],
  [
    'a short table',
    `{"priority":["grid",${ITEM},${ITEM},[1,2],[1],[1]]}`,
    'the table has one value for each pair of knots',
  ],
])('decode refuses %s', (_, text, reason) => {
  expect(reasonOf(text)).toBe(reason);
});

test('decode cuts off text that is too long, too deep or too wide', () => {
  const nested = (levels: number): string =>
    `{"priority":${'["neg",'.repeat(levels)}${ITEM}${']'.repeat(levels)}}`;
  expect(reasonOf(nested(63))).toBe('accepted');
  expect(reasonOf(nested(64))).toBe('a tree has at most 64 levels');
  expect(reasonOf(`{"priority":${'['.repeat(30_000)}`)).toBe('it is not JSON');
  expect(reasonOf(`{"priority":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)).toBe(
    'the operator is unknown',
  );
  expect(reasonOf(' '.repeat(MAX_ENCODED_LENGTH + 1))).toContain('units, at most');
  const full = (levels: number): string =>
    levels === 0 ? ITEM : `["+",${full(levels - 1)},${full(levels - 1)}]`;
  expect(reasonOf(`{"priority":${full(6)}}`)).toBe('accepted');
  expect(reasonOf(`{"priority":${full(7)}}`)).toBe('a tree has at most 200 nodes');
});

test('random bytes and mutated texts either decode or are refused with our code', () => {
  const text = forestArbitrary().chain((forest) => {
    const whole = encodeForest(forest);
    return fc
      .tuple(fc.nat(whole.length), fc.nat(8), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => whole.slice(0, at) + put + whole.slice(at + cut));
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof(text, fc.json(), fc.string()), (mutated) => {
      try {
        encodeForest(decodeForest(mutated, SAMPLE_VOCABULARY));
      } catch (error) {
        expect(PacelineError.is(error) && error.code).toBe('FOREST_INVALID');
        refused++;
      }
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(100);
});
