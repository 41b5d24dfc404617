/** Intervals by resampling (Efron, "Bootstrap methods: another look at the jackknife", Ann. Statist. 7, 1979). */
import type { Rng } from '../core/rng.ts';
import { mean, quantile } from './summary.ts';

export interface Resampling {
  readonly rng: Rng;
  /** Coverage, such as 0.95. */
  readonly level?: number;
  readonly resamples?: number;
}

/**
 * Percentile interval of the mean; of one value, that value twice: it has no spread to show. With few values it
 * is too narrow (Efron & Tibshirani, 1993, ch. 13): it describes, and decides nothing.
 */
export function bootstrapMean(
  values: readonly number[],
  { rng, level = 0.95, resamples = 4_000 }: Resampling,
): readonly [number, number] {
  const means = Array.from({ length: resamples }, () =>
    mean(values.map(() => values[rng.int(values.length)] as number)),
  );
  const outside = (1 - level) / 2;
  return [quantile(means, outside), quantile(means, 1 - outside)];
}
