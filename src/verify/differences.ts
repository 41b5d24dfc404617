/** From recorded pairs to oriented differences (acceptance.md §1.4), written apart from the loop's. */
import { exactDifferences } from '../claims/exact.ts';
import { orient } from '../claims/orient.ts';
import { pairedValues } from '../claims/screen.ts';
import type { EventBody } from '../core/events.ts';
import { type ArmEvidence, type Evidence, oriented } from './evidence.ts';

/**
 * Positive: the candidate is better. A failure is infinitely bad for its side; infinity minus
 * infinity, a pair that neither side scored, is no number.
 */
export function pairDifferences(
  { rule, opened }: Evidence,
  body: Pick<EventBody['measurement.recorded'], 'values' | 'againstValues'>,
): readonly number[] {
  if (rule?.mode === 'exact') {
    const { values, againstValues = [] } = body;
    return exactDifferences({ values, againstValues }, opened.metric);
  }
  return body.values.map((ours, i) => {
    const theirs = body.againstValues?.[i] ?? null;
    if (ours !== null && theirs !== null)
      return orient(opened.metric, ours) - orient(opened.metric, theirs);
    const badness = (value: number | null): number =>
      value === null ? Number.POSITIVE_INFINITY : 0;
    return badness(theirs) - badness(ours);
  });
}

/** What the screen judges and the archive ranks: of pairs, what the incumbent is worth and the difference. */
export function screenValues(
  study: Evidence,
  arm: ArmEvidence,
  body: Pick<EventBody['trial.settled'], 'values' | 'againstValues'>,
): readonly number[] {
  if (!study.isPaired) return oriented(study, body.values);
  return pairedValues(arm.level, pairDifferences(study, body));
}
