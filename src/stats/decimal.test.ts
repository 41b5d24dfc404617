import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalDifference } from './decimal.ts';

test.each([
  [0.4, 0.3, 0.1],
  [2.636, 2.635, 0.001],
  [-0.3, -0.4, 0.1],
  [1e21, 1, 1e21],
  [5e-324, 0, 5e-324],
  [1.5e-7, 1e-7, 5e-8],
  [3, 3, 0],
])('%d − %d is %d, as written', (a, b, difference) => {
  expect(decimalDifference(a, b)).toBe(difference);
});

test('binary arithmetic would not do', () => {
  expect(0.4 - 0.3).toBeGreaterThan(0.1);
});

test('the same to rounding as subtraction, of the opposite sign when turned round, never −0', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      const found = decimalDifference(a, b);
      const size = Math.max(Math.abs(a), Math.abs(b));
      expect(Math.abs(found - (a - b))).toBeLessThanOrEqual(size * 2 ** -51);
      expect(decimalDifference(b, a) + found).toBe(0);
      expect(Object.is(found, -0)).toBe(false);
    }),
  );
});

test('what is no finite number does not count as 0', () => {
  expect(decimalDifference(Number.NaN, 1)).toBeNaN();
  expect(decimalDifference(1, Number.NaN)).toBeNaN();
  expect(decimalDifference(1, Number.POSITIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
});
