/** When a hypothesis counts as a dead end: all of its interval over the origin is at or below zero. */
import { studentQuantile } from '../../stats/distributions.ts';
import { mean, sampleSd } from '../../stats/summary.ts';
import type { MemoryRecord } from './record.ts';

/**
 * Coverage of the interval, two-sided. Not 95 %: a hypothesis that is skipped is never measured again, so a
 * wrong one is never found out. Of those equal to the origin one in 200 is skipped.
 */
export const DEAD_END_LEVEL = 0.99;

export interface Measured {
  readonly key: string;
  /** Oriented gains over the origin, one per evaluation; at least one. */
  readonly gains: readonly number[];
}

/**
 * Student's interval of the mean gain over the origin, with the spread of the origin's own evaluations for
 * both sides (two-sample t with the scale of one, n₀ − 1 degrees of freedom). It supposes that a candidate is
 * as noisy as the origin; where an evaluator repeats itself exactly the interval is a point.
 *
 * @param origin Oriented evaluations of the origin, the study's noise floor.
 * @returns Undefined where it may be better, or where fewer than two evaluations of the origin say nothing.
 */
export function isClearlyNoBetter(
  { key, gains }: Measured,
  origin: readonly number[],
): MemoryRecord['deadEnds'][number] | undefined {
  const sd = sampleSd(origin);
  if (!Number.isFinite(sd) || gains.length === 0) return undefined;
  const t = studentQuantile(0.5 + DEAD_END_LEVEL / 2, origin.length - 1);
  const half = t * sd * Math.sqrt(1 / gains.length + 1 / origin.length);
  const centre = mean(gains);
  const high = centre + half;
  return high <= 0 ? { key, n: gains.length, gain: [centre - half, high] } : undefined;
}
