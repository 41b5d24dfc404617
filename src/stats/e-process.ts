/**
 * Anytime-valid evidence (acceptance.md §1.4). K₀ = 1; under the null hypothesis K is a test
 * supermartingale, so P(K ever reaches 1/α) ≤ α (Ville 1939): looking after every pair is free.
 * "Higher is better"; a difference is candidate − incumbent on one fresh case.
 */
import { BOUNDED_MAX_BET, bounded } from './e-process/bounded.ts';
import { passfail } from './e-process/passfail.ts';
import { SYMMETRIC_MAX_LOG_GROWTH, symmetric } from './e-process/symmetric.ts';
import { tMixture } from './e-process/t-mixture.ts';

/** Fixed before the first difference and hashed with the rule. `margin` is in metric units. */
export type EProcessSpec =
  | {
      readonly method: 'symmetric';
      /**
       * Typical size of a difference. 0: nothing is known, so the first difference away from the
       * margin sets it and is itself a bet on the sign alone.
       */
      readonly scale: number;
      readonly margin: number;
    }
  | { readonly method: 'passfail'; readonly a: number }
  | {
      readonly method: 'bounded';
      readonly bound: number;
      readonly margin: number;
      /** Size of the finite set the cases are drawn from without replacement, if it is one. */
      readonly pool?: number;
    }
  | { readonly method: 't-mixture'; readonly margin: number; readonly g: number };

/** A fold with memory: takes the next difference, returns log K after it. */
function foldOf(spec: EProcessSpec): (difference: number) => number {
  switch (spec.method) {
    case 'symmetric':
      return symmetric(spec);
    case 'passfail':
      return passfail(spec);
    case 'bounded':
      return bounded(spec);
    case 't-mixture':
      return tMixture(spec);
  }
}

/** log K after each difference, in the order of the differences' indices. */
export function logEValues(spec: EProcessSpec, differences: readonly number[]): number[] {
  return differences.map(foldOf(spec));
}

/** log K after all differences; 0 (K = 1) before the first. */
export function logEAfter(spec: EProcessSpec, differences: readonly number[]): number {
  return logEValues(spec, differences).at(-1) ?? 0;
}

/** The most log K can grow in one pair: what makes a level unreachable. Infinity where there is no cap. */
export function maxLogGrowth(spec: EProcessSpec): number {
  switch (spec.method) {
    case 'symmetric':
      return SYMMETRIC_MAX_LOG_GROWTH;
    case 'passfail':
      return Math.LN2;
    case 'bounded':
      return spec.pool === undefined
        ? Math.log1p((BOUNDED_MAX_BET * (spec.bound - spec.margin)) / (spec.bound + spec.margin))
        : Number.POSITIVE_INFINITY;
    case 't-mixture':
      return Number.POSITIVE_INFINITY;
  }
}
