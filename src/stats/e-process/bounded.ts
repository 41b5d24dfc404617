import { PacelineError } from '../../core/errors.ts';
import { logMeanExp } from '../log-sum-exp.ts';

/** Bets as a share of the largest that keeps every factor positive. */
const BETS = [0.05, 0.1, 0.2, 0.4, 0.8] as const;
export const BOUNDED_MAX_BET: number = Math.max(...BETS);

interface BoundedSpec {
  readonly bound: number;
  readonly margin: number;
  readonly pool?: number;
}

/**
 * Method C, a betting mixture for the mean of D ∈ [−B, B]: K_n = (1/5) Σ_j Π_i [1 + λ_j(D_i − m)],
 * λ_j = g_j/(B + m). H0: E[D | past] ≤ m, whatever the shape. Waudby-Smith & Ramdas, "Estimating
 * means of bounded random variables by betting", JRSS-B 86 (2024); without replacement from a pool
 * of N, m becomes the mean still left (the same authors, NeurIPS 2020).
 *
 * A difference beyond the declared range counts as the end of the range: a crash loses B, no more.
 * @throws PacelineError `INTERNAL` for more differences than the pool has instances.
 */
export function bounded(spec: BoundedSpec): (difference: number) => number {
  const { bound } = spec;
  const logs = BETS.map(() => 0);
  let seen = 0;
  let sum = 0;
  return (difference) => {
    const value = Math.min(bound, Math.max(-bound, difference));
    const { mean, reach } = nullMean(spec, seen, sum);
    BETS.forEach((bet, j) => {
      logs[j] = (logs[j] ?? 0) + Math.log1p((bet / reach) * (value - mean));
    });
    seen += 1;
    sum += value;
    return logMeanExp(logs);
  };
}

/** The mean the null allows for the next draw, and the largest loss against it that is bet on. */
function nullMean(
  spec: BoundedSpec,
  seen: number,
  sum: number,
): { readonly mean: number; readonly reach: number } {
  const { bound, margin, pool } = spec;
  if (pool === undefined) return { mean: margin, reach: bound + margin };
  if (seen >= pool) {
    throw new PacelineError(
      'INTERNAL',
      `The pool has ${pool} instances, and another difference arrived after all of them. Draw each instance once.`,
      { pool },
    );
  }
  const mean = (pool * margin - sum) / (pool - seen);
  return { mean, reach: bound + Math.max(0, mean) };
}
