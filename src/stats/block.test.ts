import { expect, test } from 'vitest';
import { blockInterval, blockSize, rareLossWarning, signTestInterval } from './block.ts';
import { empiricalBernstein } from './confidence-sequence.ts';
import { signFlipTest } from './permutation.ts';
import { wilson } from './wilson.ts';

const D = [0.8, 1.5, -0.4, 2.1, 0.9, 1.2, 1.7, 0.3, 1.1, 2.4];

test('worked example 12: empirical Bernstein, wider than the range', () => {
  const values = [0.6, 0.7, 0.4, 0.9, 0.55, 0.65, 0.8, 0.5, 0.75, 0.7];
  const interval = empiricalBernstein(values, 0.05);
  expect(interval.centre).toBeCloseTo(0.655, 6);
  expect(interval.halfWidth).toBeCloseTo(0.748422, 6);
  expect(interval.vacuous).toBe(true);
});

test('empirical Bernstein becomes informative with more data', () => {
  const interval = empiricalBernstein(Array(400).fill(0.7), 0.05);
  expect(interval.vacuous).toBe(false);
  expect(Math.abs(interval.centre - 0.7)).toBeLessThan(interval.halfWidth);
});

test('worked example 13: measurement block, sign-flip, Wilson', () => {
  const block = blockInterval(D);
  expect(block.mean).toBeCloseTo(1.16, 6);
  expect(block.lower).toBeCloseTo(0.566067, 6);
  expect(block.upper).toBeCloseTo(1.753933, 6);
  expect(signFlipTest([0.4, 0.9, -0.2, 0.7, 0.5, 1.1])).toBe(2 / 64);
  const [low, high] = wilson(12, 400);
  expect(low).toBeCloseTo(0.017243, 6);
  expect(high).toBeCloseTo(0.051699, 6);
  const [low2, high2] = wilson(180, 200);
  expect(low2).toBeCloseTo(0.850594, 6);
  expect(high2).toBeCloseTo(0.93433, 6);
});

test('a rate of zero keeps an upper bound', () => {
  expect(wilson(0, 400)[0]).toBe(0);
  expect(wilson(0, 400)[1]).toBeGreaterThan(0.005);
  expect(wilson(0, 0)).toEqual([0, 1]);
});

test('a block is never smaller than twelve pairs, and one pair has no interval', () => {
  expect([0, 12, 30].map(blockSize)).toEqual([12, 12, 30]);
  expect(blockInterval([1])).toMatchObject({ mean: 1, lower: -Infinity, upper: Infinity });
});

test('the sign-test interval is the order statistics of the binomial', () => {
  const ten = signTestInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(ten).toEqual({ median: 5.5, lower: 2, upper: 9, n: 10 });
  expect(signTestInterval([1, 2, 3, 4, 5, 6])).toMatchObject({ lower: 1, upper: 6 });
  expect(signTestInterval([1, 2, 3, 4, 5]).lower).toBe(Number.NEGATIVE_INFINITY);
});

test('rare large losses light the warning, common small ones do not', () => {
  const trap = [...Array(19).fill(0.3), -20];
  expect(rareLossWarning(trap)).toEqual({ warning: true, shareLost: 0.05, worst: -20 });
  expect(rareLossWarning(D)).toEqual({ warning: false, shareLost: 0.1, worst: -0.4 });
});

test('the sign-flip test counts what enumeration counts', () => {
  const values = [0.4, 0.9, -0.2, 0.7, 0.5, 1.1, -0.3, 0.05, 0];
  const observed = values.reduce((sum, value) => sum + value, 0);
  let count = 0;
  for (let mask = 0; mask < 2 ** values.length; mask++) {
    const flipped = values.reduce((sum, v, i) => sum + ((mask >> i) & 1 ? -v : v), 0);
    if (flipped >= observed - 1e-9) count += 1;
  }
  expect(signFlipTest(values)).toBe(count / 2 ** values.length);
  expect(signFlipTest([])).toBe(1);
  expect(signFlipTest(Array(30).fill(0.1))).toBe(1 / 2 ** 30);
  expect(() => signFlipTest(Array(41).fill(1))).toThrow(/at most 40/);
});
