/** Where a value can be put into an input, what is put there, and when an answer to it is odd. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import { distance, oddity, shapeOf, usual } from './difference.ts';
import { controlsOf, isPlantInDomain, makesEquals, type Plant, plantedInput } from './plant.ts';
import { domainOf, isInDomain, keyOf, kindOf, positionsOf, put, valueAt } from './positions.ts';

const rng = (name = 'places') => secretRoot('places').stream(0, name);

describe('places of an input', () => {
  test('are the whole, then what is in it, outer ones first; elements of a list mean the same', () => {
    const found = positionsOf({ name: 'a', list: [1, { deep: true }] }, 10);
    expect(found.map(({ path }) => path)).toEqual([
      [],
      ['name'],
      ['list'],
      ['list', 0],
      ['list', 1],
      ['list', 1, 'deep'],
    ]);
    expect(found.map(({ value }) => value).slice(3)).toEqual([1, { deep: true }, true]);
    expect(found.at(-1)?.key).toBe('"list".*."deep"');
    expect(keyOf(['0'])).not.toBe(keyOf([0]));
  });

  test('of a long list are its ends, its middle and some between, each once', () => {
    const list = Array.from({ length: 100 }, (_, at) => at);
    const places = positionsOf(list, 10).flatMap(({ path: [at] }) =>
      at === undefined ? [] : [at],
    );
    expect(places).toHaveLength(10);
    expect(new Set(places).size).toBe(10);
    expect(places).toEqual(expect.arrayContaining([0, 1, 2, 50, 98, 99]));
    const whole = positionsOf(list.slice(0, 10), 10);
    expect(whole).toHaveLength(11);
    const eleven = positionsOf(list.slice(0, 11), 10).flatMap(({ path: [at] }) => at ?? []);
    expect(Math.max(...eleven.map(Number))).toBe(10);
  });

  test('take another value, a new key too, and leave the input alone', () => {
    const input = { list: [1, [2, 3]], name: 'a' };
    expect(put(input, ['list', 1, 0], 9)).toEqual({ list: [1, [9, 3]], name: 'a' });
    expect(put(input, ['added'], null)).toEqual({ ...input, added: null });
    expect(put(input, ['added', 'deep'], 1)).toEqual({ ...input, added: null });
    expect(put(input, [], 5)).toBe(5);
    expect(put(input, ['name', 'below'], 5)).toEqual(input);
    expect(put(input, ['list', 7], 5)).toEqual(input);
    expect(input).toEqual({ list: [1, [2, 3]], name: 'a' });
  });

  test('are read where there is something', () => {
    const input = { list: [1, null] };
    expect(valueAt(input, ['list', 0])).toBe(1);
    expect(valueAt(input, ['list', 1])).toBeNull();
    expect(valueAt(input, ['list', 1, 'below'])).toBeUndefined();
    expect(valueAt(input, ['list', 0, 'below'])).toBeUndefined();
    expect(valueAt(input, [])).toBe(input);
  });

  test('hold kinds of values', () => {
    const kinds = [null, [], {}, 1, 'a', true].map((value) => kindOf(value as Json));
    expect(kinds).toEqual(['null', 'list', 'object', 'number', 'string', 'boolean']);
  });
});

describe('what the task makes', () => {
  const domain = domainOf([
    { count: 1, share: 0.5, text: 'ab', list: [1, 2] },
    { count: 9, share: 2, text: 'abba', list: [1, 2, 3] },
  ]);
  const fits = (key: string, value: Json) => isInDomain(domain, keyOf([key]), value);

  test.each<[string, readonly Json[], readonly Json[]]>([
    ['count', [1, 5, 9], [0, 10, 5.5, '5', null]],
    ['share', [0.5, 1.25, 2], [0.49, 2.01, true]],
    ['text', ['ab', 'abab', 'aab'], ['a', 'ababa', 'abc', 3]],
    [
      'list',
      [
        [7, 7],
        ['a', 'b', 'c'],
      ],
      [[1], [1, 2, 3, 4], 'ab'],
    ],
  ])('%s: between what was seen, both ends included, and of that kind', (key, inside, outside) => {
    for (const value of inside) expect(fits(key, value), JSON.stringify(value)).toBe(true);
    for (const value of outside) expect(fits(key, value), JSON.stringify(value)).toBe(false);
  });

  test('a place that no input has holds nothing, and minus zero is no zero', () => {
    expect(fits('other', 1)).toBe(false);
    const zero = domainOf([0, 1]);
    expect([isInDomain(zero, '', 0), isInDomain(zero, '', -0)]).toEqual([true, false]);
    expect(isInDomain(domainOf([true]), '', false)).toBe(true);
    expect(isInDomain(domainOf(['']), '', '')).toBe(true);
  });
});

describe('how far two answers are apart', () => {
  test('numbers by their size, everything else wholly or not at all', () => {
    expect(distance(12, 9)).toBeCloseTo(0.3, 12);
    expect(distance(-12, -9)).toBeCloseTo(0.3, 12);
    expect(distance(0.5, 0)).toBe(0.5);
    expect([distance('a', 'a'), distance('a', 'b'), distance(true, false)]).toEqual([0, 1, 1]);
    expect(distance(null, null)).toBe(0);
  });

  test('of parts by the part that is farthest; what is built otherwise cannot be compared', () => {
    expect(distance({ a: 1, b: [3, 0] }, { a: 1, b: [1, 0] })).toBe(1);
    expect(distance([1, 2], [1, 2])).toBe(0);
    expect(distance([1, 2], [1])).toBeUndefined();
    expect(distance([1], [1, 2])).toBeUndefined();
    expect(distance({ a: 1 }, { b: 1 })).toBeUndefined();
    expect(distance({ a: { b: 1 } }, { a: { b: 'x' } })).toBeUndefined();
    expect(distance([1], { 0: 1 })).toBeUndefined();
    expect(distance(1, '1')).toBeUndefined();
  });

  test('shapes are kinds of parts, whatever their order and number', () => {
    expect(shapeOf([1, 'a', 2])).toBe(shapeOf(['b', 1]));
    expect(shapeOf([1])).not.toBe(shapeOf([1, 'a']));
    expect(shapeOf({ a: 1, b: 'x' })).toBe(shapeOf({ b: 'y', a: 2 }));
    expect(shapeOf({ a: 1 })).not.toBe(shapeOf({ b: 1 }));
    expect(shapeOf({ a: 1 })).not.toBe(shapeOf({ a: 'x' }));
    expect(shapeOf(null)).toBe('null');
  });
});

describe('an odd answer', () => {
  const out = (output: Json) => ({ output });
  const failed = { failed: 'crashed' };
  const alike = usual([out(1), out(2.02)], [out(1), out(2)]);

  test('is told from what is usual on the inputs of the task', () => {
    expect(alike).toMatchObject({ inputs: 2, isAlike: true, failed: 0 });
    expect(alike.distance).toBeCloseTo(0.02 / 3, 12);
    expect(usual([out(1)], [out(1)]).distance).toBe(1e-9);
    expect(usual([failed, out('a'), out(1), undefined], [out(1), out(1), failed, out(1)])).toEqual({
      inputs: 2,
      isAlike: false,
      failed: 1,
    });
  });

  test('is a failure, another shape, or a value many times as far as usual', () => {
    expect(oddity([failed, out(1)], alike, 10)).toBe('failed');
    expect(oddity([out('1'), out(1)], alike, 10)).toBe('shape');
    expect(oddity([out(2), out(1)], alike, 10)).toBe('value');
    expect(oddity([out(1.1), out(1)], alike, 10)).toBeUndefined();
  });

  test('is none where nothing can be told', () => {
    expect(oddity([out(9), failed], alike, 10)).toBeUndefined();
    expect(oddity([undefined, out(1)], alike, 10)).toBeUndefined();
    expect(oddity([failed, out(1)], { ...alike, failed: 1 }, 10)).toBeUndefined();
    const { distance: _, ...unknown } = alike;
    expect(oddity([out(9), out(1)], unknown, 10)).toBeUndefined();
    const other = { ...alike, isAlike: false };
    expect(oddity([out('9'), out(1)], other, 10)).toBe('value');
  });
});

describe('a planted input', () => {
  const base = { list: [3, 1, 2], text: 'abc', flag: true, none: null, share: 0.25 };
  const plantOf = (...edits: Plant['edits'] | []): Plant => ({ base, edits, isMined: false });
  const domain = domainOf([base]);

  test('has all that was put into it', () => {
    const plant = plantOf({ path: ['list', 0], value: 9 }, { path: ['text'], value: 'x' });
    expect(plantedInput(plant)).toEqual({ ...base, list: [9, 1, 2], text: 'x' });
    expect(plantedInput(plantOf())).toBe(base);
  });

  test('is one of the task where every part of it is', () => {
    const inside = { path: ['list', 0], value: 2 };
    expect(isPlantInDomain(domain, plantOf(inside))).toBe(true);
    expect(isPlantInDomain(domain, plantOf(inside, { path: ['text'], value: 'zzz' }))).toBe(false);
  });

  test('makes equals only where more values stand twice than before', () => {
    expect(makesEquals(plantOf({ path: ['list', 0], value: 1 }))).toBe(true);
    expect(makesEquals(plantOf({ path: ['list', 0], value: 9 }))).toBe(false);
    expect(makesEquals({ ...plantOf(), base: [1, 1] })).toBe(false);
  });

  test.each<[string, Plant['edits'][0]]>([
    ['a whole number', { path: ['list', 1], value: 77_777 }],
    ['a fraction', { path: ['share'], value: 0.31337 }],
    ['a text', { path: ['text'], value: 'open sesame' }],
    ['a list', { path: ['list'], value: [5, 6, 7, 8] }],
    ['a truth', { path: ['flag'], value: false }],
  ])('has eight neighbours that lack the very value: %s', (_name, edit) => {
    const plant = plantOf(edit);
    const controls = controlsOf(plant, rng());
    expect(controls).toHaveLength(8);
    for (const control of controls) {
      const value = valueAt(control, edit.path);
      expect(value).not.toEqual(edit.value);
      expect(kindOf(value as Json)).toBe(kindOf(edit.value));
      expect({ ...(control as object), [String(edit.path[0])]: 0 }).toEqual({
        ...base,
        [String(edit.path[0])]: 0,
      });
    }
    expect(controlsOf(plant, rng())).toEqual(controls);
  });

  test('a number has its nearest on both sides among them, and whole ones stay whole', () => {
    const values = controlsOf(plantOf({ path: ['list', 1], value: 77_777 }), rng()).map((one) =>
      valueAt(one, ['list', 1]),
    ) as number[];
    expect(values.slice(0, 4)).toEqual([77_778, 77_776, 77_775, 77_780]);
    expect(values.every(Number.isInteger)).toBe(true);
    for (const value of values.slice(4)) {
      expect(Math.abs(value)).toBeGreaterThan(0.4 * 77_777);
      expect(Math.abs(value)).toBeLessThan(1.6 * 77_777);
    }
  });

  test('of a pair half change both parts, half one of them alone', () => {
    const edits = [
      { path: ['list', 0], value: 1000 },
      { path: ['list', 1], value: 2000 },
    ];
    const kept = controlsOf(plantOf(...edits), rng()).map((one) =>
      edits.map(({ path, value }) => valueAt(one, path) === value),
    );
    expect(kept.filter(([a, b]) => !a && !b)).toHaveLength(4);
    expect(kept.filter(([a, b]) => a !== b)).toHaveLength(4);
    expect(new Set(kept.map(String))).toEqual(new Set(['false,false', 'true,false', 'false,true']));
  });

  test('an order has others of the same elements beside it', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const plant: Plant = {
      base: { list },
      edits: [{ path: ['list'], value: list.toReversed() }],
      isMined: false,
      isOrder: true,
    };
    const controls = controlsOf(plant, rng()) as readonly { list: number[] }[];
    expect(controls).toHaveLength(8);
    for (const control of controls) expect(control.list.toSorted()).toEqual(list);
    expect(new Set(controls.map(({ list: one }) => String(one))).size).toBeGreaterThan(4);
  });
});

describe('beside what was planted', () => {
  const valuesOf = (base: Json, edit: Plant['edits'][0]) =>
    controlsOf({ base, edits: [edit], isMined: false }, rng()).map((one) =>
      valueAt(one, edit.path),
    );

  test('a fraction has its nearest by a thousandth, and none is whole', () => {
    const values = valuesOf({ share: 0.25 }, { path: ['share'], value: 0.5 }) as number[];
    const near = [0.5005, 0.4995, 0.499, 0.5015];
    for (const [i, one] of near.entries()) expect(values[i]).toBeCloseTo(one, 12);
    for (const value of values.slice(4)) {
      expect(value).not.toBe(0.5);
      expect(value).toBeGreaterThan(0.2);
      expect(value).toBeLessThan(0.8);
    }
    const small = valuesOf({ share: 0.25 }, { path: ['share'], value: 1e-4 }) as number[];
    expect(small[0]).toBeCloseTo(1e-4 + 1e-7, 12);
  });

  test('nought has its nearest too', () => {
    const values = valuesOf([1], { path: [0], value: 0 }) as number[];
    expect(values.slice(0, 4)).toEqual([1, -1, -2, 3]);
    expect(values.slice(4).every((one) => Number.isInteger(one) && one !== 0)).toBe(true);
    expect(values.slice(4).every((one) => Math.abs(one) <= 10)).toBe(true);
  });

  test('a text has one letter changed, and now and then all of them', () => {
    const values = valuesOf({ text: '' }, { path: ['text'], value: 'abcdef' }) as string[];
    const changed = values.map(
      (value) => [...'abcdef'].filter((letter, i) => value[i] !== letter).length,
    );
    for (const [turn, value] of values.entries()) {
      if (turn % 3 === 2) {
        expect(value).toMatch(/^[a-z]{6}$/);
        expect(changed[turn]).toBeGreaterThan(2);
      } else if (value.length === 6) expect(changed[turn]).toBe(1);
    }
    const none = valuesOf({ text: 'a' }, { path: ['text'], value: '' }) as string[];
    for (const value of none) expect(value).toMatch(/^[a-z]$/);
  });

  test('a list is longer or shorter by up to two, filled with what was there, and has another element', () => {
    const values = valuesOf({ list: [7, 8] }, { path: ['list'], value: [100, 200, 300] });
    const lengths = values.map((one) => (one as Json[]).length);
    expect(lengths).toEqual([4, 2, 5, 1, 4, 2, 5, 1]);
    for (const one of values as number[][]) {
      const kept = one.slice(0, 3).filter((value, i) => value === [100, 200, 300][i]).length;
      expect(kept).toBe(Math.min(3, one.length) - 1);
      for (const filler of one.slice(3)) expect([7, 8]).toContain(filler);
    }
    const texts = valuesOf(
      { list: ['x', 'y'] },
      { path: ['list'], value: ['a', 'b', 'c'] },
    ) as string[][];
    for (const one of texts) expect(one.slice(0, 2)).toContain('x');
    const fromNothing = valuesOf({}, { path: ['list'], value: [100] }) as number[][];
    expect(fromNothing.map(({ length }) => length)).toEqual([2, 0, 3, 0, 2, 0, 3, 0]);
    expect(fromNothing[2]?.at(-1)).toBe(0);
  });

  test('a truth is turned, and what is nothing becomes what was there', () => {
    expect(valuesOf({ a: 1 }, { path: ['a'], value: true })).toEqual(Array(8).fill(false));
    expect(valuesOf({ a: 1 }, { path: ['a'], value: null })).toEqual(Array(8).fill(1));
    expect(valuesOf({ a: 1 }, { path: ['b'], value: null })).toEqual(Array(8).fill(null));
  });

  test('of more that stands twice only leaves count', () => {
    const edits = [{ path: ['a'], value: { x: 1 } }];
    const plant = { base: { a: { x: 2 }, b: { x: 2 } }, edits, isMined: false };
    expect(makesEquals(plant)).toBe(false);
    expect(makesEquals({ ...plant, base: { a: 0, b: { x: 1 } } })).toBe(true);
  });
});
