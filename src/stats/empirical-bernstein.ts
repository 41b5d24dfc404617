export interface BernsteinInterval {
  readonly centre: number;
  readonly halfWidth: number;
  /** The interval is wider than the range [0, 1]: say so instead of printing it. */
  readonly vacuous: boolean;
}

/** Bets above one half would let one surprise dominate. */
const LARGEST_BET = 0.5;

/**
 * Predictable plug-in empirical-Bernstein confidence sequence for the mean of X ∈ [0, 1] after all
 * of `values`, miss rate ≤ α at all times together (Waudby-Smith & Ramdas, JRSS-B 86, 2024, §3.2;
 * cf. Howard et al. 2021). Conservative: prefer method C inverted.
 */
export function empiricalBernstein(values: readonly number[], alpha: number): BernsteinInterval {
  const budget = Math.log(2 / alpha);
  let sum = 0.5;
  let squares = 0.25;
  let weights = 0;
  let weighted = 0;
  let penalty = budget;
  values.forEach((value, i) => {
    const t = i + 1;
    const before = sum / t;
    const variance = squares / t;
    const bet = Math.min(LARGEST_BET, Math.sqrt((2 * budget) / (variance * t * Math.log1p(t))));
    weights += bet;
    weighted += bet * value;
    penalty += (value - before) ** 2 * (-Math.log1p(-bet) - bet);
    sum += value;
    squares += (value - sum / (t + 1)) ** 2;
  });
  const halfWidth = penalty / weights;
  return { centre: weighted / weights, halfWidth, vacuous: 2 * halfWidth > 1 };
}
