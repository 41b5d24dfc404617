import { mean, sampleSd } from './summary.ts';

/** What was measured of one of several candidates that are ranked together. */
export interface Estimate {
  /** Mean of its evaluations, oriented. */
  readonly mean: number;
  /** Number of them, at least 1. */
  readonly n: number;
}

/**
 * An order by empirical-Bayes means (Efron & Morris, JASA 1975; acceptance.md §4.2): each mean is
 * shrunk towards the mean m of all by its weight n/(n + s²/τ²), so that a lucky single evaluation does
 * not lead. Returned is (mean − m)·n/(n·τ² + s²), the shrunken gain over m in units of τ²: the same
 * order, and still one where τ² is 0 and all shrunken means coincide. Without noise the order is that
 * of the means.
 *
 * `noiseScale`: standard deviation s of one evaluation around its candidate's own truth.
 */
export function shrunkenRanks(estimates: readonly Estimate[], noiseScale: number): number[] {
  const means = estimates.map((one) => one.mean);
  if (noiseScale === 0) return means;
  const centre = mean(means);
  const between = betweenVariance(estimates, noiseScale);
  return estimates.map(
    (one) => ((one.mean - centre) * one.n) / (one.n * between + noiseScale ** 2),
  );
}

/** τ² = max(0, variance of the means − s²·mean(1/n)): by how much the truths differ. */
export function betweenVariance(estimates: readonly Estimate[], noiseScale: number): number {
  if (estimates.length < 2) return 0;
  const means = estimates.map((one) => one.mean);
  const expected = noiseScale ** 2 * mean(estimates.map(({ n }) => 1 / n));
  return Math.max(0, sampleSd(means) ** 2 - expected);
}
