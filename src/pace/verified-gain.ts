/**
 * Δc of a promotion: how much was gained, as the logarithm of a ratio, so that gains of any metric add up
 * to the same debt.
 */
import { type Metric, unorient } from '../claims/orient.ts';
import type { EventBody } from '../core/events.ts';
import { AUDIT_GENERATIONS, LOG_AUDIT_GAIN } from './rules.ts';

/** What a promotion says of its size. */
export type Gained = Pick<EventBody['candidate.promoted'], 'gain' | 'n' | 'tolerance'>;

export interface GainScale {
  readonly metric: Metric;
  /** Every value of the noise floor was above 0: ratios of the metric mean something. */
  readonly isRatio: boolean;
  /** δσ, the smallest effect worth finding, oriented; absent where there is no scale. */
  readonly smallestEffect?: number;
}

/**
 * One smallest effect worth finding, where ratios mean nothing: a study that finds no larger ones reaches
 * both bounds of a deep audit, the gain and the generations, at once.
 */
const SMALLEST_EFFECT: number = LOG_AUDIT_GAIN / AUDIT_GENERATIONS;
/** A gain of which the size is unknown counts as large enough for an audit of its own. */
const UNKNOWN: number = LOG_AUDIT_GAIN;
/** Pairs of a block, from which a mean is known. */
const LEAST_PAIRS = 2;

/**
 * Never below 0: a promotion that measured as a loss adds its weight and nothing else. `level`, oriented, is
 * what the incumbent was worth: the location of the noise floor and the gains since. Of times the gain is a
 * log ratio already. Elsewhere ln(after/before), if the metric was above 0 before and is after; else the gain
 * in smallest effects worth finding; else unknown. Exact studies have no such effect: there it is the ratio
 * or unknown.
 */
export function verifiedGain(
  { metric, isRatio, smallestEffect }: GainScale,
  level: number | undefined,
  { gain, n, tolerance }: Gained,
): number {
  const isKnown = Number.isFinite(gain) && (tolerance !== undefined || n >= LEAST_PAIRS);
  if (!isKnown) return UNKNOWN;
  if (gain <= 0) return 0;
  if (metric.kind === 'time') return gain;
  if (isRatio && level !== undefined) {
    const before = unorient(metric, level);
    const after = unorient(metric, level + gain);
    if (before > 0 && after > 0) return Math.abs(Math.log(after / before));
  }
  return smallestEffect === undefined ? UNKNOWN : (gain / smallestEffect) * SMALLEST_EFFECT;
}
