/**
 * Paired raw values to oriented differences (acceptance.md §1.4): positive means the candidate is
 * better. What has no score is not a number that anyone measured, so it stays visible: −Infinity
 * where the candidate failed, Infinity where what it is compared with did, NaN where both did.
 */
import type { EventBody } from '../core/events.ts';
import type { EProcessSpec } from '../stats/e-process.ts';
import { shortNumber } from './claim.ts';
import { type Metric, orient } from './orient.ts';

type RecordedPairs = Pick<
  EventBody['measurement.recorded'],
  'values' | 'againstValues' | 'runs' | 'againstRuns' | 'claimed' | 'againstClaimed'
>;

export interface PairedValues {
  readonly values: readonly (number | null)[];
  readonly againstValues: readonly (number | null)[];
}

export function pairDifferences(
  { values, againstValues }: PairedValues,
  metric: Pick<Metric, 'goal' | 'kind'>,
): number[] {
  return values.map((value, i) => {
    const against = againstValues[i] ?? null;
    if (value !== null && against !== null) return orient(metric, value) - orient(metric, against);
    if (value !== null) return Number.POSITIVE_INFINITY;
    return against === null ? Number.NaN : Number.NEGATIVE_INFINITY;
  });
}

/** Evaluations that measured pairs took: all runs of both sides, and what a verifier was told of them. */
export function pairEvals({
  values,
  againstValues = [],
  runs = values.map((one) => [one]),
  againstRuns = againstValues.map((one) => [one]),
  claimed = [],
  againstClaimed = [],
}: RecordedPairs): number {
  return [...runs, ...againstRuns, claimed, againstClaimed].reduce(
    (sum, one) => sum + one.length,
    0,
  );
}

/** Drawn for a claim, never used before; the others are training cases. */
export function isOnFreshCases({
  purpose,
}: Pick<EventBody['measurement.recorded'], 'purpose'>): boolean {
  return purpose !== 'baseline' && purpose !== 'remeasure';
}

/** Only these may enter a mean or an interval that people read. */
export function scoredOnly(differences: readonly number[]): number[] {
  return differences.filter(Number.isFinite);
}

/** Far beyond any bet's reach: tanh saturates at a few scales. */
const WORST_IN_SCALES = 1e6;

/**
 * For the test a failure is the worst difference, never missing data; the same holds for the other
 * side, so an A/A pair stays exchangeable. A pair nobody scored is a tie.
 */
export function forTest(spec: EProcessSpec, difference: number): number {
  if (Number.isFinite(difference)) return difference;
  return Number.isNaN(difference) ? 0 : Math.sign(difference) * worstOf(spec);
}

/** Without a scale yet no finite size is far: it would become the scale itself. */
function worstOf(spec: EProcessSpec): number {
  if (spec.method === 'bounded') return spec.bound;
  if (spec.method === 'symmetric' && spec.scale === 0) return Number.POSITIVE_INFINITY;
  return WORST_IN_SCALES * ('scale' in spec && spec.scale > 0 ? spec.scale : 1);
}

/**
 * A difference that the method was promised not to see: its guarantee does not hold then. Too large a
 * one, or for a mixture of normals a pair that one side failed in, for which it has no worst value.
 * In words that follow "pair 3"; undefined where the promise holds.
 */
export function brokenPromise(spec: EProcessSpec, difference: number): string | undefined {
  if (!Number.isFinite(difference)) {
    const isHalf = spec.method === 't-mixture' && !Number.isNaN(difference);
    return isHalf
      ? 'was scored on one side only, which method t-mixture has no place for'
      : undefined;
  }
  const size = Math.abs(difference);
  if (spec.method === 'bounded' && size > spec.bound)
    return `differs by ${shortNumber(size)}, more than the bound of ${shortNumber(spec.bound)}`;
  if (spec.method === 'passfail' && size > 1)
    return `differs by ${shortNumber(size)}, which no pass and failure can under method passfail`;
  return undefined;
}
