/** From recorded pairs to oriented differences (acceptance.md §1.4), written apart from the loop's. */
import type { EventBody } from '../core/events.ts';
import type { Evidence } from './evidence.ts';

/** A side without a score counts as this many scales worse: never as missing data. */
const WORST_IN_SCALES = 1e6;

/** Positive: the candidate is better. A pair that neither side scored is a tie. */
export function pairDifferences(
  study: Evidence,
  body: EventBody['measurement.recorded'],
): readonly number[] {
  const worst = WORST_IN_SCALES * (study.floor?.confirmScale || 1);
  return body.values.map((ours, i) => {
    const theirs = body.againstValues?.[i] ?? null;
    if (ours !== null && theirs !== null) return study.sign * (ours - theirs);
    return (ours === null ? 0 : worst) - (theirs === null ? 0 : worst);
  });
}
