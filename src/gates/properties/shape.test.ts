/** What outputs have in common, and what is of another type or far outside of what was seen. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { isNear, kindOf, rangeFault, type Shape, shapeOf, typeFault } from './shape.ts';

const shape = (...values: readonly Json[]): Shape => shapeOf(values) as Shape;

describe('a shape', () => {
  test('is of all values together', () => {
    const values: readonly Json[] = [null, true, 1, 'a', [], {}];
    expect(values.map(kindOf)).toEqual(['null', 'boolean', 'number', 'string', 'list', 'record']);
    expect(shapeOf([])).toBeUndefined();
    expect(shape(3, 'a', -1)).toEqual({
      kinds: new Set(['number', 'string']),
      range: { low: -1, high: 3 },
    });
  });

  test('of lists has that of their items, and a length where all have one', () => {
    expect(shape([1, 2], [5, 0])).toEqual({
      kinds: new Set(['list']),
      item: { kinds: new Set(['number']), range: { low: 0, high: 5 } },
      length: 2,
    });
    expect(shape([1], [2, 3])).not.toHaveProperty('length');
    expect(shape([], [])).toEqual({ kinds: new Set(['list']), length: 0 });
  });

  test('of records has one for each key, and knows which are always there', () => {
    expect(shape({ a: 1, b: 'x' }, { a: 2 })).toEqual({
      kinds: new Set(['record']),
      keys: {
        a: { kinds: new Set(['number']), range: { low: 1, high: 2 } },
        b: { kinds: new Set(['string']) },
      },
      always: new Set(['a']),
    });
  });
});

describe('another type', () => {
  test.each<[Json, readonly Json[], string | undefined]>([
    [2, [1], undefined],
    ['a', [1, null], 'the output is a string, not a number or a null'],
    [[1, 2], [[3, 4]], undefined],
    [[1], [[3, 4]], 'the output has 1 items, not 2'],
    [[1, 'a'], [[3], [4, 5, 6]], 'the output[1] is a string, not a number'],
    [[1], [[], []], 'the output has 1 items, not 0'],
    [{ a: 1 }, [{ a: 1, b: 2 }, { a: 1 }], undefined],
    [{ b: 1 }, [{ a: 1, b: 2 }, { a: 1 }], 'the output has no "a"'],
    [{ a: 1, c: 2 }, [{ a: 1 }], 'the output has "c", which no other has'],
    [
      { a: { b: ['x'] } },
      [{ a: { b: [1, 2] } }, { a: { b: [1] } }],
      'the output.a.b[0] is a string, not a number',
    ],
    [{ toString: 1 }, [{}], 'the output has "toString", which no other has'],
  ])('%j, where others are like %j: %s', (value, seen, fault) => {
    expect(typeFault(value, shape(...seen))).toBe(fault);
  });

  test('of items of which none was seen is a fault', () => {
    expect(typeFault([1], { kinds: new Set(['list']) })).toBe('the output is not empty');
  });
});

describe('a number far outside', () => {
  test('lies further from what was seen than that is wide or large', () => {
    const around = shape(10, 12);
    // Room of 12 on both sides.
    for (const inside of [-2, 0, 11, 24]) expect(rangeFault(inside, around)).toBeUndefined();
    expect(rangeFault(25, around)).toBe('the output is 25; the origin stays between 10 and 12');
    expect(rangeFault(-3, around)).toBe('the output is -3; the origin stays between 10 and 12');
    const wide = shape(-100, 1);
    expect([rangeFault(102, wide), rangeFault(-201, wide)]).toEqual([undefined, undefined]);
    expect(rangeFault(103, wide)).toMatch(/^the output is 103/);
  });

  test('is found in lists and records, and nowhere where no number was seen', () => {
    const seen = shape({ list: [1, 2], name: 'a' });
    expect(rangeFault({ list: [1, 9], name: 'a' }, seen)).toMatch(/^the output\.list\[1\] is 9/);
    expect(rangeFault({ list: [1, 2], name: 9 }, seen)).toBeUndefined();
    expect(rangeFault({ other: 9 }, seen)).toBeUndefined();
    expect(rangeFault([9], undefined)).toBeUndefined();
    expect([rangeFault(null, seen), rangeFault('a', seen)]).toEqual([undefined, undefined]);
  });
});

describe('equal but for rounding', () => {
  test.each<[Json, Json, boolean]>([
    [0.1 + 0.2, 0.3, true],
    [1e9, 1e9 + 0.5, true],
    [1e9, 1e9 + 2, false],
    [-1, 1, false],
    [0, 1e-12, false],
    [0, 0, true],
    ['a', 'a', true],
    ['a', 'b', false],
    [1, '1', false],
    [null, null, true],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1, 2], [1], false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1, c: 2 }, false],
    [{ a: 1 }, [1], false],
  ])('%j and %j: %s', (a, b, near) => {
    expect(isNear(a, b)).toBe(near);
    expect(isNear(b, a)).toBe(near);
  });
});
