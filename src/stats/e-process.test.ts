import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confidenceBounds } from './confidence-sequence.ts';
import { type EProcessSpec, logEAfter, logEValues, maxLogGrowth } from './e-process.ts';

const D = [0.8, 1.5, -0.4, 2.1, 0.9, 1.2, 1.7, 0.3, 1.1, 2.4];
const SCORES = [0.3, -0.1, 0.5, 0.2, 0, 0.4, 0.6, -0.2, 0.35, 0.25];

/** Some of the worked numbers are cut off, not rounded, after six decimals. */
const LAST_DIGIT = 1e-6;

function expectPath(
  spec: EProcessSpec,
  differences: readonly number[],
  expected: readonly number[],
): void {
  const path = logEValues(spec, differences).map(Math.exp);
  expect(path).toHaveLength(expected.length);
  for (const [i, value] of path.entries()) {
    const error = Math.abs(value - (expected[i] ?? Number.NaN));
    expect(error, `K${i + 1}`).toBeLessThan(LAST_DIGIT);
  }
}

test('worked example 1: method A at the margin 0', () => {
  expectPath(
    { method: 'symmetric', scale: 1, margin: 0 },
    D,
    [
      1.489755, 2.450173, 1.404524, 2.315709, 3.496665, 5.626364, 9.58113, 12.745377, 21.427362,
      38.74119,
    ],
  );
});

test('worked example 2: method A with a margin and another scale', () => {
  expectPath(
    { method: 'symmetric', scale: 1.5, margin: 0.2 },
    D,
    [
      1.350718, 2.097113, 1.16953, 1.818225, 2.500763, 3.740532, 6.05903, 6.660159, 10.393654,
      18.206661,
    ],
  );
});

test('worked example 3: method A inverted', () => {
  const { lower, upper } = confidenceBounds({ method: 'symmetric', scale: 1, margin: 0 }, D, 0.05);
  expect(lower).toBeCloseTo(0.20172, 6);
  expect(upper).toBeCloseTo(1.854751, 6);
});

test('bounds are infinite while no sequence of pairs could exclude anything', () => {
  const few = confidenceBounds({ method: 'symmetric', scale: 1, margin: 0 }, [5, 6, 7], 0.05);
  expect(few).toEqual({ lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY });
});

test('worked example 4: the t-mixture', () => {
  expectPath(
    { method: 't-mixture', margin: 0, g: 1 },
    D,
    [
      1.5, 2.637759, 1.402086, 2.526102, 4.090184, 8.009713, 17.902175, 20.219339, 43.135895,
      78.271962,
    ],
  );
  expectPath(
    { method: 't-mixture', margin: 0.5, g: 1 },
    D,
    [1.5, 2.053908, 0.611246, 1.060741, 1.239541, 1.750693, 3.094717, 2.385457, 3.410978, 6.214748],
  );
});

test.each([
  [9, 2, 1, 6.086364],
  [15, 3, 1, 33.741486],
  [4, 4, 1, 0.406349],
  [20, 5, 2, 48.49069],
  [0, 0, 1, 1],
])('worked example 5: pass/fail with %i wins, %i losses, a = %i', (wins, losses, a, expected) => {
  const differences = [...Array(wins).fill(1), ...Array(losses).fill(-1), 0];
  expect(Math.exp(logEAfter({ method: 'passfail', a }, differences))).toBeCloseTo(expected, 6);
});

test('worked example 6: the betting mixture', () => {
  expectPath(
    { method: 'bounded', bound: 1, margin: 0 },
    SCORES,
    [1.093, 1.056885, 1.22718, 1.314426, 1.314426, 1.50952, 1.872708, 1.706306, 1.959577, 2.180919],
  );
  expectPath(
    { method: 'bounded', bound: 1, margin: 0.05 },
    SCORES,
    [
      1.07381, 1.023724, 1.161835, 1.218811, 1.198245, 1.338166, 1.601004, 1.443633, 1.604066,
      1.729815,
    ],
  );
});

test('worked example 7: the betting mixture without replacement from a pool of 20', () => {
  expectPath(
    { method: 'bounded', bound: 1, margin: 0, pool: 20 },
    SCORES,
    [1.093, 1.062587, 1.238326, 1.345109, 1.37357, 1.61426, 2.078533, 2.026614, 2.483781, 3.02108],
  );
});

test('a pool cannot be drawn past its end', () => {
  expect(() => logEAfter({ method: 'bounded', bound: 1, margin: 0, pool: 2 }, [0, 0, 0])).toThrow(
    /pool has 2 instances/,
  );
});

test('without any scale the first difference away from the margin is a bet on its sign', () => {
  const unknown: EProcessSpec = { method: 'symmetric', scale: 0, margin: 0.5 };
  const known: EProcessSpec = { method: 'symmetric', scale: 2, margin: 0.5 };
  expect(logEValues(unknown, [0.5, 2.5, 1])).toEqual(logEValues(known, [0.5, 2.5, 1]));
  const [win] = logEValues(unknown, [2.5]);
  const [loss] = logEValues(unknown, [-1.5]);
  expect(Math.exp(win ?? 0) + Math.exp(loss ?? 0)).toBeCloseTo(2, 12);
});

const SPECS: readonly EProcessSpec[] = [
  { method: 'symmetric', scale: 0.7, margin: 0.1 },
  { method: 'passfail', a: 1 },
  { method: 'passfail', a: 2.5 },
  { method: 'bounded', bound: 2, margin: 0.1 },
  { method: 'bounded', bound: 2, margin: 0, pool: 50 },
  { method: 't-mixture', margin: 0.1, g: 1 },
];
const difference = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test.each(SPECS)('$method: finite after any finite differences, and bounded in growth', (spec) => {
  fc.assert(
    fc.property(fc.array(difference, { maxLength: 50 }), (differences) => {
      const path = [0, ...logEValues(spec, differences)];
      for (let i = 1; i < path.length; i++) {
        const [before = 0, after = 0] = path.slice(i - 1, i + 1);
        expect(Number.isFinite(after)).toBe(true);
        expect(after - before).toBeLessThanOrEqual(maxLogGrowth(spec) + 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});

test('one step of a symmetric null gains nothing on average, whatever came before', () => {
  const specs = SPECS.filter((spec) => spec.method === 'symmetric' || spec.method === 'passfail');
  fc.assert(
    fc.property(fc.array(difference, { maxLength: 12 }), difference, (past, step) => {
      for (const spec of specs) {
        const margin = 'margin' in spec ? spec.margin : 0;
        const next = (sign: number): number =>
          Math.exp(logEAfter(spec, [...past, margin + sign * step]) - logEAfter(spec, past));
        expect((next(1) + next(-1)) / 2).toBeLessThanOrEqual(1 + 1e-6);
      }
    }),
    { numRuns: 60 },
  );
});

test('a long run of losses stays a finite number', () => {
  const losses = Array(5000).fill(-1);
  expect(Number.isFinite(logEAfter({ method: 'passfail', a: 1 }, losses))).toBe(true);
  const drifting = losses.map((loss, i) => loss - (i % 7) / 1e4);
  expect(Number.isFinite(logEAfter({ method: 't-mixture', margin: 0, g: 1 }, drifting))).toBe(true);
});
