/** What is changed in an input that was seen, and which pairs of answers tell of a memory. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import { domainOf } from '../triggers/positions.ts';
import { CHANGES, changedInputs, discordant } from './nearby.ts';

const INPUTS = Array.from({ length: 40 }, (_, at) => ({
  size: 3 + (at % 5),
  share: at / 8,
  list: [at, at + 1, at + 2],
  name: `n${at % 3}`,
}));

function changed(name: string, inputs: readonly Json[] = INPUTS, seed = 'nearby') {
  const change = CHANGES.find((one) => one.name === name);
  if (!change) throw new Error(`no change ${name}`);
  const rng = secretRoot(seed).stream(0, name);
  return changedInputs(change, inputs, { domain: domainOf(inputs), rng });
}
type Input = (typeof INPUTS)[0];

describe('an input that was seen', () => {
  test('has some of its numbers moved by one step inside of their range', () => {
    const pairs = changed('numbers moved a little') as readonly (readonly [Input, Input])[];
    expect(pairs).toHaveLength(40);
    const steps = { size: 1, share: 39 / 8 / 1000 };
    let moved = 0;
    for (const [seen, other] of pairs) {
      expect(other.name).toBe(seen.name);
      for (const key of ['size', 'share'] as const) {
        const by = Math.abs(other[key] - seen[key]);
        if (by > 0) expect(by).toBeCloseTo(steps[key], 9);
        moved += by > 0 ? 1 : 0;
      }
      expect(other.size).toBeGreaterThanOrEqual(3);
      expect(other.size).toBeLessThanOrEqual(7);
      expect(other.share).toBeGreaterThanOrEqual(0);
      expect(other.share).toBeLessThanOrEqual(39 / 8);
      expect(other).not.toEqual(seen);
    }
    // 80 numbers, each moved with a chance of 0.44.
    expect(moved).toBeGreaterThan(15);
    expect(moved).toBeLessThan(60);
  });

  test('moves at the ends of a range to the inside, and by a thousandth of it where it is not whole', () => {
    const move = (ends: readonly Json[], input: Json, seed: string) => {
      const change = CHANGES.find(({ name }) => name === 'numbers moved a little');
      const rng = secretRoot(seed).stream(0, 'ends');
      return change?.change(input, { domain: domainOf(ends), rng, other: null });
    };
    const seeds = Array.from({ length: 12 }, (_, at) => `seed ${at}`);
    const all = (ends: readonly Json[], input: Json) =>
      new Set(seeds.map((seed) => move(ends, input, seed)));
    expect(all([0, 10], 10)).toEqual(new Set([9]));
    expect(all([0, 10], 0)).toEqual(new Set([1]));
    expect(all([0, 10], 5)).toEqual(new Set([4, 6]));
    expect([...all([0.5, 2.5], 2.5)]).toEqual([2.498]);
    // Of a place that no input had: one step of a whole number.
    for (const one of all([], 5)) expect([4, 6]).toContain(one);
  });

  test('has at least one number moved, and few of many', () => {
    const many = Array.from({ length: 30 }, (_, at) => 10 * at);
    const inputs = [many, many.toReversed()];
    const counts = Array.from({ length: 20 }, (_, at) => {
      const [pair] = changed('numbers moved a little', inputs, `many ${at}`);
      const [seen, other] = pair as unknown as readonly [number[], number[]];
      return other.filter((one, place) => one !== seen[place]).length;
    });
    const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
    expect(mean).toBeGreaterThan(5);
    expect(mean).toBeLessThan(15);
    expect(changed('numbers moved a little', [[5], [9]]).map(([, other]) => other)).toHaveLength(2);
    const long = Array.from({ length: 200 }, () => 5);
    const [pair] = changed('numbers moved a little', [long, [0, 9]], 'long');
    const moved = ((pair?.[1] ?? []) as number[]).filter((one) => one !== 5);
    expect(moved.length).toBeGreaterThan(5);
    expect(moved.length).toBeLessThan(40);
  });

  test('has a list in another order, of the same elements', () => {
    const pairs = changed('a list in another order') as readonly (readonly [Input, Input])[];
    // One order of six is the one that was there.
    expect(pairs.length).toBeGreaterThan(20);
    for (const [seen, other] of pairs) {
      expect(other.list).not.toEqual(seen.list);
      expect(other.list.toSorted((a, b) => a - b)).toEqual(seen.list);
      expect({ ...other, list: 0 }).toEqual({ ...seen, list: 0 });
    }
  });

  test('has one value of the next input, at the same place', () => {
    const pairs = changed('a value of another input') as readonly (readonly [Input, Input])[];
    expect(pairs).toHaveLength(40);
    for (const [at, [seen, other]] of pairs.entries()) {
      const next = INPUTS[(at + 1) % 40] as Input;
      const differing = (['size', 'share', 'name'] as const).filter(
        (key) => other[key] !== seen[key],
      );
      const inList = other.list.filter((one, place) => one !== seen.list[place]).length;
      expect(differing.length + inList).toBe(1);
      for (const key of differing) expect(other[key]).toBe(next[key]);
    }
  });

  test('has any of its lists in any other order', () => {
    const input = { a: [1, 2, 3], b: { c: ['x', 'y'] } };
    const others = Array.from({ length: 40 }, (_, at) =>
      changed('a list in another order', [input], `lists ${at}`).map(([, other]) =>
        JSON.stringify(other),
      ),
    ).flat();
    // Five other orders of three, one of two.
    expect(new Set(others).size).toBe(6);
  });

  test('lends any leaf that is another at the same place, and nothing that is not there', () => {
    const inputs = [
      { a: 1, b: 2, c: null, only: 7, deep: { d: true } },
      { a: 1, b: 3, c: 4, deep: { d: false } },
    ];
    const others = Array.from({ length: 40 }, (_, at) => {
      const [first] = changed('a value of another input', inputs, `lend ${at}`);
      return JSON.stringify(first?.[1]);
    });
    const [one] = inputs;
    expect(new Set(others)).toEqual(
      new Set(
        [
          { ...one, b: 3 },
          { ...one, c: 4 },
          { ...one, deep: { d: false } },
        ].map((wanted) => JSON.stringify(wanted)),
      ),
    );
  });

  test('in which nothing can be changed is left out', () => {
    expect(changed('numbers moved a little', ['a', 'b'])).toEqual([]);
    expect(changed('a list in another order', [[1], 'b'])).toEqual([]);
    expect(changed('a list in another order', [[1, 1, 1]])).toEqual([]);
    expect(changed('a value of another input', [{ a: 1 }, { a: 1 }])).toEqual([]);
    expect(changed('a value of another input', [1, 2])).toEqual([]);
  });
});

describe('pairs of answers', () => {
  const out = (output: Json) => ({ output });
  const near = [out(1), out(1)] as const;
  const far = [out(5), out(1)] as const;
  const failed = [{ failed: 'crashed' }, out(1)] as const;

  test('tell of a memory on the side where the candidate is far from the incumbent', () => {
    expect(discordant([near, far, near, far], [far, near, near, far])).toEqual({
      first: 1,
      second: 1,
      n: 4,
    });
    expect(discordant([near], [failed])).toEqual({ first: 1, second: 0, n: 1 });
    expect(discordant([failed], [failed])).toEqual({ first: 0, second: 0, n: 1 });
    const text = [out('x'), out(1)] as const;
    expect(discordant([text], [near])).toEqual({ first: 0, second: 1, n: 1 });
  });

  test('that are built otherwise, or as far on both sides, tell by ten times', () => {
    const shape = [out([1]), out(1)] as const;
    expect(discordant([shape], [near])).toEqual({ first: 0, second: 1, n: 1 });
    expect(discordant([shape], [shape])).toEqual({ first: 0, second: 0, n: 1 });
    expect(discordant([far], [far])).toEqual({ first: 0, second: 0, n: 1 });
    expect(discordant([near, near], [far])).toEqual({ first: 1, second: 0, n: 1 });
    // Equal records are equal in any order of their keys.
    const records = [out({ a: 1, b: 2 }), out({ b: 2, a: 1 })] as const;
    expect(discordant([records], [far])).toEqual({ first: 1, second: 0, n: 1 });
  });

  test('less than ten times as far is no other behaviour, nor is rounding', () => {
    const by = (share: number) => [out(1 + 2 * share), out(1)] as const;
    expect(discordant([by(0.1)], [by(0.9)])).toMatchObject({ first: 0, second: 0 });
    expect(discordant([by(0.1)], [by(1.1)])).toMatchObject({ first: 1, second: 0 });
    expect(discordant([near], [by(1e-12)])).toMatchObject({ first: 0, second: 0 });
  });

  test('that the incumbent does not answer, or that nobody asked, say nothing', () => {
    const silent = [out(1), { failed: 'no' }] as const;
    const unasked = [undefined, out(1)] as const;
    expect(discordant([silent, unasked, near], [far, far])).toEqual({ first: 0, second: 0, n: 0 });
  });
});
