/** Whether an improver is better than the one before it, on seeds that took no part in finding it. */
import type { Rng } from '../../core/rng.ts';
import { bootstrapMean } from '../../stats/bootstrap.ts';
import { mean } from '../../stats/summary.ts';

/** Three seeds let a lineage get worse that was promoted by luck (measured: .234 → .283 in four generations). */
export const LEAST_SEEDS = 8;

export interface Confirmation {
  readonly isBetter: boolean;
  /** Mean regret saved, positive is better. */
  readonly gain: number;
  readonly interval: readonly [number, number];
  readonly seeds: number;
}

/**
 * Paired percentile bootstrap over seeds (Efron & Tibshirani 1993, ch. 13): better where the whole interval is
 * above 0. A candidate with fewer than eight pairs is never better.
 *
 * @param before mean regret of each seed over all tasks. @param after the same seeds in the same order.
 */
export function confirmBetter(
  before: readonly number[],
  after: readonly number[],
  rng: Rng,
): Confirmation {
  const gains = before.map((regret, seed) => regret - (after[seed] ?? Number.NaN));
  const interval = bootstrapMean(gains, { rng });
  const isBetter = gains.length >= LEAST_SEEDS && interval[0] > 0;
  return { isBetter, gain: mean(gains), interval, seeds: gains.length };
}
