import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../src/core/rng.ts';
import { gradientFault } from '../src/optim/gradient-check.ts';
import { circlePacking } from './circles/problem.mjs';
import { isPacking, multipleOf } from './circles/verifier.mjs';

const QUARTERS = [0.25, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25];

test('four circles that touch each other and the walls are a packing', () => {
  expect(isPacking(QUARTERS)).toBe(true);
  expect(isPacking(Float64Array.from(QUARTERS))).toBe(true);
});

describe('no packing:', () => {
  const changed = (at: number, value: number): number[] => QUARTERS.with(at, value);
  test.each([
    ['nothing', []],
    ['half a circle', QUARTERS.slice(1)],
    ['NaN', changed(2, Number.NaN)],
    ['a negative radius', changed(2, -0.1)],
    ['an infinite one', changed(2, Number.POSITIVE_INFINITY)],
    ['an overlap of one bit', changed(2, 0.25 + 2 ** -54)],
    ['one bit beyond the wall', [0.25, 0.5, 0.25 + 2 ** -54]],
    [
      'one bit beyond the far wall, lost in the sum of doubles',
      [1 - 2 ** -53, 0.5, 2 ** -53 * 1.5],
    ],
    ['two circles in one place', [0.5, 0.5, 0.1, 0.5, 0.5, 0.1]],
    ['a centre outside', [1.5, 0.5, 0]],
  ])('%s', (_, numbers) => {
    expect(isPacking(numbers)).toBe(false);
  });
});

test('every double from 0 to 1 is its multiple exactly', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (v) => {
      const multiple = multipleOf(v);
      // Back in two steps; both are exact because the first has at most 53 bits.
      const bits = Math.max(0, multiple.toString(2).length - 53);
      expect(multiple % (1n << BigInt(bits))).toBe(0n);
      expect(Number(multiple >> BigInt(bits)) * 2 ** (bits - 537) * 2 ** -537).toBe(v);
    }),
  );
  expect(multipleOf(1)).toBe(1n << 1074n);
  expect(multipleOf(Number.MIN_VALUE)).toBe(1n);
});

test('the gradients of the problem are right, and what it repairs is a packing', () => {
  const problem = circlePacking(6);
  const rng = publicRoot('circles').stream(0, 'test');
  for (let round = 0; round < 5; round++) {
    const x = Float64Array.from({ length: 18 }, () => rng.float());
    expect(gradientFault(problem, x)).toBeUndefined();
    const repaired = problem.repair(x);
    expect(isPacking(repaired)).toBe(true);
    expect(isPacking(problem.hop(repaired, () => rng.float()))).toBeTypeOf('boolean');
  }
});
