/**
 * The reported gain: a block of fresh pairs whose size is fixed before the first of them, measured
 * after the decision. Unbiased, where the stopped confirm mean is not (acceptance.md §4.1, §4.2).
 */
import { studentQuantile } from './distributions.ts';
import { mean, median, quantile, sampleSd, trimmedMean } from './summary.ts';

export interface BlockInterval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
  readonly sd: number;
}

const SMALLEST_BLOCK = 12;

/** Pairs in the block after a confirm that used `pairsUsed`. */
export function blockSize(pairsUsed: number): number {
  return Math.max(SMALLEST_BLOCK, pairsUsed);
}

/** mean ± t_{n−1}·s/√n. One pair has no interval: its bounds are infinite. */
export function blockInterval(differences: readonly number[], level = 0.95): BlockInterval {
  const n = differences.length;
  const centre = mean(differences);
  const sd = n < 2 ? 0 : sampleSd(differences);
  const half =
    n < 2
      ? Number.POSITIVE_INFINITY
      : (studentQuantile(0.5 + level / 2, n - 1) * sd) / Math.sqrt(n);
  return { mean: centre, lower: centre - half, upper: centre + half, n, sd };
}

export interface SignTestInterval {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
}

/**
 * Distribution-free interval for the median: the order statistics x₍ₖ₎ and x₍ₙ₊₁₋ₖ₎ with the largest
 * k for which P(Bin(n, ½) < k) ≤ (1 − level)/2. Infinite for too few pairs (five at 95 %).
 */
export function signTestInterval(differences: readonly number[], level = 0.95): SignTestInterval {
  const n = differences.length;
  const ordered = [...differences].sort((a, b) => a - b);
  let probability = 0.5 ** n;
  let below = 0;
  let k = 0;
  while (below + probability <= (1 - level) / 2 && k < n) {
    below += probability;
    probability *= (n - k) / (k + 1);
    k += 1;
  }
  const lower = k === 0 ? Number.NEGATIVE_INFINITY : (ordered[k - 1] ?? Number.NaN);
  const upper = k === 0 ? Number.POSITIVE_INFINITY : (ordered[n - k] ?? Number.NaN);
  return { median: median(differences), lower, upper, n };
}

export interface RareLoss {
  /** The bulk and the mean disagree about who is better: `inconclusive: rare large losses`. */
  readonly warning: boolean;
  /** Share of pairs lost, in [0, 1]. */
  readonly shareLost: number;
  /** The smallest difference: the worst loss where negative. */
  readonly worst: number;
}

/**
 * The 10 % trimmed mean against the plain one. A warning light, not an error guarantee: losses of
 * probability p are invisible before about 1/p pairs.
 */
export function rareLossWarning(differences: readonly number[]): RareLoss {
  const lost = differences.filter((value) => value < 0).length;
  const disagree = Math.sign(trimmedMean(differences)) * Math.sign(mean(differences)) < 0;
  return {
    warning: disagree,
    shareLost: lost / differences.length,
    worst: quantile(differences, 0),
  };
}
