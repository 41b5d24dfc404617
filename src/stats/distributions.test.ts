import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  logGamma,
  logRegularisedBeta,
  normalCdf,
  normalQuantile,
  regularisedBeta,
  studentCdf,
  studentQuantile,
} from './distributions.ts';

function expectDigits(value: number, expected: number, digits = 10): void {
  expect(value / expected).toBeCloseTo(1, digits);
}

test('log Γ at whole and half numbers', () => {
  expectDigits(logGamma(11), Math.log(3628800));
  expectDigits(logGamma(0.5), 0.5 * Math.log(Math.PI));
  expectDigits(logGamma(1e5), 1051287.7089736538);
});

// Published tables and closed forms; the normal tail from the C library's erfc.
test('incomplete beta', () => {
  expectDigits(regularisedBeta(0.5, 3, 3), 0.5);
  expectDigits(regularisedBeta(0.3, 1, 4), 1 - 0.7 ** 4);
  expectDigits(regularisedBeta(0.2, 5, 1), 0.2 ** 5);
  expectDigits(logRegularisedBeta(0.5, 4000, 1), -4000 * Math.LN2);
  expect(regularisedBeta(0, 2, 3)).toBe(0);
  expect(regularisedBeta(1, 2, 3)).toBe(1);
});

test("Student's t: closed forms for 1 and 2 degrees of freedom, tables elsewhere", () => {
  for (const x of [-40, -3, -0.7, 0.2, 5]) {
    expectDigits(studentCdf(x, 1), 0.5 + Math.atan(x) / Math.PI, 9);
    expectDigits(studentCdf(x, 2), 0.5 + x / (2 * Math.sqrt(2 + x * x)), 9);
  }
  expectDigits(studentQuantile(0.975, 1), 12.706204736432095, 9);
  expectDigits(studentQuantile(0.975, 9), 2.2621571627409915, 9);
  expectDigits(studentQuantile(0.025, 30), -2.0422724563012373, 9);
  expect(studentQuantile(0.5, 7)).toBe(0);
});

test('normal distribution to the far tail', () => {
  expectDigits(normalCdf(1.96), 0.9750021048517795);
  expectDigits(normalCdf(-6), 9.865876450376946e-10);
  expectDigits(normalCdf(-3.0001), 0.001349454913260717);
  expectDigits(normalQuantile(0.975), 1.959963984540054);
  expectDigits(normalQuantile(1e-10), -6.361340902404056, 9);
  expect(normalQuantile(0.5)).toBe(0);
});

test('quantiles invert distribution functions', () => {
  const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(p, fc.integer({ min: 1, max: 200 }), (probability, df) => {
      expect(studentCdf(studentQuantile(probability, df), df)).toBeCloseTo(probability, 9);
      expect(normalCdf(normalQuantile(probability))).toBeCloseTo(probability, 9);
    }),
    { numRuns: 50 },
  );
});

test('the two sides of the incomplete beta sum to one', () => {
  const shape = fc.double({ min: 0.5, max: 300, noNaN: true });
  const at = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(at, shape, shape, (x, a, b) => {
      expect(regularisedBeta(x, a, b) + regularisedBeta(1 - x, b, a)).toBeCloseTo(1, 9);
    }),
  );
});
