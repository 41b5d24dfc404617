import { PacelineError } from '../core/errors.ts';

/** Two sorted halves of 2^20 sums each: a second and 16 MB at the most. */
const MAX_EXACT = 40;
/** Sums equal up to rounding count as equal. */
const ROUNDING = 1e-12;

/**
 * One-sided exact sign-flip test of "the differences are symmetric about 0" (Fisher, The Design of
 * Experiments, 1935): the share of the 2ⁿ sign assignments whose sum is at least the observed one.
 * Counted by meeting in the middle, so n = 40 is exact too.
 *
 * @throws PacelineError `USAGE` for more than 40 differences.
 */
export function signFlipTest(differences: readonly number[]): number {
  const n = differences.length;
  if (n > MAX_EXACT) {
    throw new PacelineError(
      'USAGE',
      `An exact sign-flip test takes at most ${MAX_EXACT} differences, not ${n}. Use the e-process of method A for longer series.`,
      { n },
    );
  }
  const observed = differences.reduce((sum, value) => sum + value, 0);
  const slack = ROUNDING * differences.reduce((sum, value) => sum + Math.abs(value), 0);
  const half = Math.floor(n / 2);
  const left = signedSums(differences.slice(0, half));
  const right = signedSums(differences.slice(half));
  return countAtLeast(left, right, observed - slack) / 2 ** n;
}

/** All sums under all sign assignments, ascending. */
function signedSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  let filled = 1;
  for (const value of values) {
    for (let i = 0; i < filled; i++) {
      const sum = sums[i] ?? 0;
      sums[i] = sum + value;
      sums[filled + i] = sum - value;
    }
    filled *= 2;
  }
  return sums.sort();
}

/** Pairs (l, r) with l + r ≥ threshold: as l rises, the smallest good r falls. */
function countAtLeast(left: Float64Array, right: Float64Array, threshold: number): number {
  let count = 0;
  let first = right.length;
  for (const sum of left) {
    while (first > 0 && sum + (right[first - 1] ?? 0) >= threshold) first -= 1;
    count += right.length - first;
  }
  return count;
}
