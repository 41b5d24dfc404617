/** What is planted: constants that a program names, extremes, orders, corners of two places, and chance. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import type { Mined, Target } from '../../source/target.ts';
import { type Base, minedPlants } from './mined-plants.ts';
import { type Plant, plantedInput } from './plant.ts';
import { domainOf, positionsOf, valueAt } from './positions.ts';
import { extremePlants, pairGrid, randomPlants } from './sweep.ts';

const baseOf = (input: Json): Base => ({ input, positions: positionsOf(input, 10) });
const NOTHING: Mined = { tested: [], together: [], others: [], tables: [] };

function planted(mined: Partial<Mined>, input: Json): readonly Json[] {
  return [...minedPlants({ ...NOTHING, ...mined }, [baseOf(input)])].map(plantedInput);
}
const target = (value: Json, of: Target['of'] = 'element', hint?: string | number): Target => ({
  value,
  of,
  ...(hint === undefined ? {} : { hint }),
});

describe('a constant that is compared with', () => {
  test('is put in each place of its kind, then one more and one less', () => {
    const inputs = planted({ tested: [target(31_337)] }, { a: 1, b: 'x', c: [2] });
    for (const wanted of [
      { a: 31_337, b: 'x', c: [2] },
      { a: 1, b: '31337', c: [2] },
      { a: 1, b: 'x', c: [31_337] },
      { a: 31_338, b: 'x', c: [2] },
      { a: 31_336, b: 'x', c: [2] },
      { a: -31_337, b: 'x', c: [2] },
    ]) {
      expect(inputs).toContainEqual(wanted);
    }
  });

  test('goes first where the program names the place, and makes the key where there is none', () => {
    const [first] = planted({ tested: [target(31_337, 'element', 'b')] }, { a: 1, b: 2 });
    expect(first).toEqual({ a: 1, b: 31_337 });
    const [added] = planted({ tested: [target(31_337, 'element', 'debug')] }, { a: 1 });
    expect(added).toEqual({ a: 1, debug: 31_337 });
    const [list] = planted({ tested: [target(31_337, 'element', 'debug')] }, [1]);
    expect(list).toEqual([31_337]);
  });

  test('as a text stands alone, before, behind and within what was there; as a number where it is one', () => {
    const texts = planted({ tested: [target('magic')] }, ['ab']);
    expect(texts).toEqual([['magic'], ['magicab'], ['abmagic'], ['ab magic ab']]);
    expect(planted({ tested: [target('42')] }, [1])).toEqual([[42]]);
    expect(planted({ tested: [target('word')] }, [1])).toEqual([]);
    expect(planted({ tested: [target(' ')] }, [1])).toEqual([]);
    expect(planted({ tested: [target('magic')] }, [null])[0]).toEqual(['magic']);
  });

  test('as a list stands for the list, and at its beginning', () => {
    expect(planted({ tested: [target([7, 8])] }, [1, 2, 3])).toEqual([
      [7, 8],
      [7, 8, 3],
    ]);
  });

  test('as a length makes lists and texts so long, within reason', () => {
    const long = (length: Json, input: Json) =>
      planted({ tested: [target(length, 'length')] }, input);
    expect(long(5, [1, 2])[0]).toEqual([1, 2, 1, 2, 1]);
    expect(long(5, 'ab')[0]).toBe('ababa');
    expect(long(3, '')[0]).toBe('aaa');
    expect(long(0, [1])[0]).toEqual([]);
    const lengthsOf = (length: number) =>
      long(length, ['x', 'y']).map((one) => (one as Json[]).length);
    expect(lengthsOf(5000)[0]).toBe(5000);
    expect(lengthsOf(6000)).toEqual([]);
    expect(long(2.5, [1, 2])).toEqual([]);
    expect(long(3, [])).toEqual([]);
  });

  test('as a sum, a difference or a product is made of two numbers, and of all', () => {
    const made = (of: Target['of'], value: Json, input: Json) =>
      planted({ tested: [target(value, of)] }, input).slice(0, 2);
    const [two, all] = made('sum', 100, [1, 2, 3]) as number[][];
    expect(two).toEqual([98, 2, 3]);
    expect(all?.reduce((sum, one) => sum + one, 0)).toBe(100);
    expect(made('difference', 100, [1, 2, 3])).toEqual([
      [102, 2, 3],
      [1, -99, 3],
    ]);
    const [pair, whole] = made('product', 60, [1, 2, 3]) as number[][];
    expect(pair).toEqual([30, 2, 3]);
    expect(whole?.reduce((product, one) => product * one, 1)).toBe(60);
    expect(made('product', 60, [1, 0, 3])).toEqual([]);
    expect(made('sum', 100, [1])).toEqual([]);
    expect(made('sum', 100, [1, 'a'])).toEqual([]);
  });

  test('as a letter stands at each place of a text, and everywhere', () => {
    const inputs = planted({ tested: [target('Z', 'code')] }, 'abc');
    expect(inputs).toEqual(['Zbc', 'aZc', 'abZ', 'ZZZ']);
    expect(planted({ tested: [target('Z', 'code')] }, '')[0]).toBe('Z');
  });

  test('counts as mined where it is rare', () => {
    const isMined = (value: Json) =>
      [...minedPlants({ ...NOTHING, tested: [target(value)] }, [baseOf([5])])][0]?.isMined;
    expect([isMined(31_337), isMined(1)]).toEqual([true, false]);
  });
});

describe('constants of one condition', () => {
  test('stand at once, in places of their own', () => {
    const together = [[target(31_337), target(65_521)]];
    const inputs = planted({ together }, { a: 1, b: 2 });
    expect(inputs).toContainEqual({ a: 31_337, b: 65_521 });
    expect(inputs).toContainEqual({ a: 65_521, b: 31_337 });
  });

  test('go where the program names, whatever else is there', () => {
    const together = [[target(31_337, 'element', 'b'), target(65_521, 'element', 'a')]];
    expect(planted({ together }, { a: 1, b: 2 })[0]).toEqual({ a: 65_521, b: 31_337 });
  });

  test('of which one fits nowhere are planted without it', () => {
    const together = [[target(31_337), target([9], 'element')]];
    expect(planted({ together }, { a: 1 })).toContainEqual({ a: 31_337 });
  });

  test('that are the ends of a range have the middle planted too', () => {
    const middleOf = (low: number, high: number) =>
      planted({ together: [[target(low), target(high)]] }, { a: 1 });
    expect(middleOf(1000, 2000)).toContainEqual({ a: 1500 });
    expect(middleOf(1000, 1001)).toContainEqual({ a: 1001 });
    expect(middleOf(0.31, 0.32)).toContainEqual({ a: 0.315 });
  });

  test('that are tried in pairs stand in both orders', () => {
    const inputs = planted({ tested: [target(31_337), target(65_521)] }, { a: 1, b: 2 });
    expect(inputs).toContainEqual({ a: 31_337, b: 65_521 });
    expect(inputs).toContainEqual({ a: 65_521, b: 31_337 });
  });
});

test('constants of tables and of no condition come last, at most forty of each, none twice', () => {
  const others = Array.from({ length: 400 }, (_, at) => 100_000 + at);
  const inputs = planted({ tested: [target(100_000)], others, tables: [7_777] }, [1]);
  const values = inputs.map((one) => (one as number[])[0] as number);
  const rest = values.filter((value) => value > 100_001);
  expect(rest).toHaveLength(39);
  expect(rest.at(-1)).toBeGreaterThan(100_380);
  expect(values.at(-1)).toBe(7_777);
  expect(values.filter((value) => value === 100_000)).toHaveLength(1);
});

describe('what needs no constant', () => {
  const domain = domainOf([
    { n: 3, f: 0.5 },
    { n: 9, f: 1.5 },
  ]);

  const extremesOf = (input: Json) => [...extremePlants([baseOf(input)], domainOf([input]))];

  test('extremes of a number: ends and middle of its range, and where programs stumble', () => {
    const inputs = [...extremePlants([baseOf({ n: 3, f: 0.5 })], domain)].map(plantedInput);
    const values = inputs.map((one) => valueAt(one, ['n']));
    expect(values.slice(0, 3)).toEqual([3, 9, 6]);
    for (const value of [0, -1, 2 ** 31, 2 ** 32 - 1, 65_536, Number.MAX_SAFE_INTEGER]) {
      expect(values).toContain(value);
    }
    expect(values.some((value) => Object.is(value, -0))).toBe(true);
  });

  test('of a text, a truth, a list', () => {
    const texts = extremesOf('ab').map(plantedInput);
    expect(texts).toEqual(expect.arrayContaining(['', ' ', '__proto__', '\u0000']));
    expect((texts.at(-1) as string).length).toBe(10_000);
    expect(extremesOf(true).map(plantedInput)).toEqual([false]);
    const lists = extremesOf([4, 4]).map(plantedInput).filter(Array.isArray) as number[][];
    expect(lists.map(({ length }) => length)).toEqual(expect.arrayContaining([0, 1, 2, 1000]));
    expect(extremesOf([])).toEqual([]);
    expect(extremesOf(null)).toEqual([]);
  });

  test('of a number are these, after its range', () => {
    const values = extremesOf(5).map(plantedInput);
    expect(values.slice(0, 3)).toEqual([5, 5, 5]);
    expect(values.slice(3)).toEqual([
      0,
      -0,
      1,
      -1,
      2,
      0.5,
      1e-9,
      127,
      128,
      255,
      256,
      65_535,
      65_536,
      2_147_483_647,
      2_147_483_648,
      -2_147_483_648,
      4_294_967_295,
      4_294_967_296,
      9_007_199_254_740_991,
      -9_007_199_254_740_991,
      1e21,
      Number.MAX_VALUE,
      5e-324,
    ]);
    const unknown = [...extremePlants([baseOf(5)], new Map())].map(plantedInput);
    expect(unknown).toEqual(values.slice(3));
    expect([...extremePlants([baseOf(5)], domain)].every(({ isMined }) => !isMined)).toBe(true);
  });

  test('of a text are these, and itself again and again', () => {
    const texts = extremesOf('ab').map(plantedInput);
    expect(texts.slice(0, -1)).toEqual(['', ' ', '0', 'null', '__proto__', '\u0000', '😀', '\n']);
    expect((texts.at(-1) as string).startsWith('abab')).toBe(true);
    expect(extremesOf('').map(plantedInput).at(-1)).toBe('a'.repeat(10_000));
  });

  test('of a list are: none, its first, twice the same, all like the first, a thousand', () => {
    const lists = [
      ...extremePlants([{ input: [4, 5], positions: positionsOf([4, 5], 0) }], domain),
    ];
    expect(lists.slice(0, 4).map(plantedInput)).toEqual([[], [4], [4, 5], [4, 4]]);
    const long = lists[4] && (plantedInput(lists[4]) as number[]);
    expect([long?.length, long?.slice(0, 4)]).toEqual([1000, [4, 5, 4, 5]]);
    expect(lists).toHaveLength(5);
  });

  test('orders: up, down and the other way round, of numbers by size and of texts by letters', () => {
    const orders = (list: Json) =>
      extremesOf(list)
        .filter(({ isOrder }) => isOrder)
        .map(plantedInput);
    expect(orders([10, 9, 100])).toEqual([
      [9, 10, 100],
      [100, 10, 9],
      [100, 9, 10],
    ]);
    expect(orders(['b', 'c', 'a'])[0]).toEqual(['a', 'b', 'c']);
    expect(orders(['b', 1, 'a'])[0]).toEqual([1, 'a', 'b']);
    expect(orders([1, 2])).toEqual([]);
    expect(orders([1, 2, 3])).toHaveLength(3);
    expect(orders('abc')).toEqual([]);
    expect(orders([[1], [2], [3]])).toEqual([]);
  });

  test('corners: both ends and zero, in each two places', () => {
    const inputs = [...pairGrid([baseOf({ n: 3, f: 0.5 })], domain)].map(plantedInput);
    expect(inputs).toHaveLength(9);
    expect(inputs).toContainEqual({ n: 9, f: 1.5 });
    expect(inputs).toContainEqual({ n: 0, f: 0.5 });
    expect([...pairGrid([baseOf({ n: 3 })], domain)]).toEqual([]);
    expect(inputs).toContainEqual({ n: 3, f: 0 });
    // Of a range that begins at nought there are two, of none one.
    const zero = domainOf([{ n: 0, f: 1.5 }]);
    expect([...pairGrid([baseOf({ n: 3, f: 0.5 })], zero)].map(plantedInput)).toEqual([
      { n: 0, f: 1.5 },
      { n: 0, f: 0 },
    ]);
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`k${i}`, i]));
    const base = { input: many, positions: positionsOf(many, 20) };
    // Each two of eight.
    expect([...pairGrid([base], new Map())]).toHaveLength(28);
  });

  test('chance puts up to three numbers of a base, of any of the bases', () => {
    const rng = secretRoot('sweep').stream(1, 'plants');
    const bases = [baseOf({ n: 3, f: 0.5 }), baseOf({ n: 5, f: 0.5, o: 1, p: 1 })];
    const plants = randomPlants(bases, domain, rng);
    const drawn = Array.from({ length: 300 }, () => plants.next().value as Plant);
    const sizes = drawn.map(({ edits }) => edits.length);
    expect(new Set(sizes)).toEqual(new Set([1, 2, 3]));
    const ofTwo = drawn.filter(({ base }) => !Object.hasOwn(base as object, 'o'));
    expect(ofTwo.length).toBeGreaterThan(100);
    expect(ofTwo.length).toBeLessThan(200);
    expect(Math.max(...ofTwo.map(({ edits }) => edits.length))).toBe(2);
    // A place that no input of the task had: between nought and one.
    const others = drawn.flatMap(({ edits }) =>
      edits.flatMap(({ path, value }) => (path[0] === 'o' ? [value as number] : [])),
    );
    expect(others.every((one) => one >= 0 && one < 1)).toBe(true);
    expect(new Set(others).size).toBeGreaterThan(10);
  });

  test('chance: inside the ranges, whole where the task is, without end, and ended without numbers', () => {
    const rng = secretRoot('sweep').stream(0, 'plants');
    const plants = randomPlants([baseOf({ n: 3, f: 0.5 })], domain, rng);
    const seen = Array.from({ length: 200 }, () => plantedInput(plants.next().value)) as {
      n: number;
      f: number;
    }[];
    for (const { n, f } of seen) {
      expect(Number.isInteger(n) && n >= 3 && n <= 9, `n ${n}`).toBe(true);
      expect(f >= 0.5 && f <= 1.5, `f ${f}`).toBe(true);
    }
    expect(new Set(seen.map(({ n }) => n)).size).toBe(7);
    expect(seen.some(({ f }) => f !== 0.5)).toBe(true);
    expect(randomPlants([baseOf({ text: 'a' })], domain, rng).next().done).toBe(true);
  });
});
