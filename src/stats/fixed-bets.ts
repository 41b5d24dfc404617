/**
 * Bets of fixed size on one observation, as log factors: the parts that the mixtures of acceptance.md §1.4 are
 * made of, for detectors that start anew.
 */
import { SYMMETRIC_PARTS } from './e-process/symmetric.ts';

/**
 * The parts of method A. H0: D − margin is symmetric about 0, or leans below it. An infinite difference is a
 * sign and no size; with `scale` 0, where no size is known, every one is.
 */
export function symmetricBets(
  { scale, margin }: { readonly scale: number; readonly margin: number },
  difference: number,
): number[] {
  const gain = difference === margin ? 0 : (difference - margin) / scale;
  return SYMMETRIC_PARTS.map(({ bet, cap }) => Math.log1p(cap * Math.tanh(bet * gain)));
}

/** Chances of a win among discordant pairs that are bet on. */
const WIN_RATES = [0.6, 0.75, 0.9, 0.99] as const;

/** As method B, on a grid in the place of its prior. H0: P(win | past) ≤ P(loss | past). Ties are nothing. */
export function signBets(wins: number, losses: number): number[] {
  return WIN_RATES.map((rate) => wins * Math.log(2 * rate) + losses * Math.log(2 * (1 - rate)));
}

/** Rates that are bet on, as powers between the null rate and 1. */
const BETWEEN = [0.75, 0.5, 0.25, 0.1] as const;

/**
 * H0: P(hit | past) ≤ `rate`, in (0, 1). Likelihood ratios of larger rates, which shrink in the mean under any
 * smaller one.
 */
export function rateBets(rate: number, hits: number, misses: number): number[] {
  return BETWEEN.map((power) => {
    const other = rate ** power;
    return hits * Math.log(other / rate) + misses * Math.log((1 - other) / (1 - rate));
  });
}
