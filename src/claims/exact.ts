/**
 * Exact objectives (contracts.md, decision 28): one problem, one value, no noise. An independent
 * verifier decides by its own values; there is no level, no interval and no error budget.
 */
import { decimalDifference } from '../stats/decimal.ts';
import { differenceUnit, exactNumber } from './claim.ts';
import type { Measure, Metric } from './orient.ts';
import type { PairedValues } from './pairs.ts';
import type { ExactRule } from './rule.ts';

/** What verifier and evaluator say of both sides, raw; null where one gave no value. */
export interface VerifiedPair {
  readonly value: number | null;
  readonly againstValue: number | null;
  readonly claimed: number | null;
  readonly againstClaimed: number | null;
}

export interface ExactVerdict {
  readonly verdict: 'accepted' | 'unconfirmed';
  /** The verifier's own difference, oriented; absent where it gave no value. */
  readonly gain?: number;
  /** Why it is unconfirmed. */
  readonly why?: string;
}

/** As `pairDifferences`, in decimal: ±Infinity where one side has no value, NaN where neither has. */
export function exactDifferences(
  { values, againstValues }: PairedValues,
  { goal }: Pick<Metric, 'goal'>,
): number[] {
  return values.map((value, i) => {
    const against = againstValues[i] ?? null;
    if (value !== null && against !== null) {
      return goal === 'max' ? decimalDifference(value, against) : decimalDifference(against, value);
    }
    if (value !== null) return Number.POSITIVE_INFINITY;
    return against === null ? Number.NaN : Number.NEGATIVE_INFINITY;
  });
}

/** A gain equal to the tolerance is none; a missing value leaves the question open, never passed. */
export function exactVerdict(
  rule: ExactRule,
  pair: VerifiedPair,
  metric: Pick<Metric, 'goal'>,
): ExactVerdict {
  const missing = missingValue(pair);
  if (missing !== undefined) return { verdict: 'unconfirmed', why: missing };
  const [gain = Number.NaN] = exactDifferences(
    { values: [pair.value], againstValues: [pair.againstValue] },
    metric,
  );
  const why = disagreement(rule, pair) ?? (gain > rule.tolerance ? undefined : NOT_BETTER);
  return why === undefined ? { verdict: 'accepted', gain } : { verdict: 'unconfirmed', gain, why };
}

const NOT_BETTER = "not better by more than the tolerance in the verifier's own values";

function missingValue(pair: VerifiedPair): string | undefined {
  const because = (who: string, whom: string): string =>
    `inconclusive: the ${who} gave no value for the ${whom}`;
  if (pair.value === null) return because('verifier', 'candidate');
  if (pair.againstValue === null) return because('verifier', 'incumbent');
  if (pair.claimed === null) return because('evaluator', 'candidate');
  return pair.againstClaimed === null ? because('evaluator', 'incumbent') : undefined;
}

function disagreement({ tolerance }: ExactRule, pair: VerifiedPair): string | undefined {
  const about = (whom: string, claimed: number | null, value: number | null): string | undefined =>
    claimed === null || value === null || areClose(claimed, value, tolerance)
      ? undefined
      : `evaluator and verifier disagree on the ${whom}: ${String(claimed)} against ${String(value)}`;
  return (
    about('candidate', pair.claimed, pair.value) ??
    about('incumbent', pair.againstClaimed, pair.againstValue)
  );
}

/** Equal to within the tolerance, which is included. */
export function areClose(a: number, b: number, tolerance: number): boolean {
  return Math.abs(decimalDifference(a, b)) <= tolerance;
}

export interface ExactComparison {
  /** Absent where the verifier gave no value for one side. */
  readonly effect?: number;
  readonly n: 0 | 1;
  readonly verdict: 'ahead' | 'behind' | 'equal' | 'no-evidence' | 'identical';
}

/** No difference: both sides are the same candidate. */
export function compareExact(rule: ExactRule, [gain]: readonly number[]): ExactComparison {
  if (gain === undefined) return { effect: 0, n: 0, verdict: 'identical' };
  if (!Number.isFinite(gain)) return { n: 0, verdict: 'no-evidence' };
  const isBeyond = Math.abs(gain) > rule.tolerance;
  const verdict = isBeyond ? (gain > 0 ? 'ahead' : 'behind') : 'equal';
  return { effect: gain, n: 1, verdict };
}

interface Worded extends ExactComparison {
  readonly metric: Pick<Measure, 'unit'>;
  readonly isOrigin: boolean;
  readonly tolerance: number;
  /** The verifier is the evaluator, run again. */
  readonly isItself?: boolean | undefined;
}

/** Who says so, behind a number: `exact, by the verifier`. */
export function exactBy(isItself: boolean | undefined): string {
  return `exact, by the ${isItself ? 'evaluator itself' : 'verifier'}`;
}

/**
 * Arithmetic about two artefacts; of the search it says as little as a test would.
 * `text`: ledgers of before have the numbers in three digits.
 */
export function exactWords(worded: Worded, text: (value: number) => string = exactNumber): string {
  const { verdict, effect = 0, isOrigin, tolerance, isItself } = worded;
  const unit = differenceUnit(worded.metric.unit);
  const subject = isOrigin
    ? 'the incumbent'
    : "not testable: one trajectory; our candidate at the control's spend";
  const rival = isOrigin ? 'the untouched origin' : "the control's final";
  const size = `${text(Math.abs(effect))} ${unit} (${exactBy(isItself)})`;
  switch (verdict) {
    case 'ahead':
      return `${subject} is better than ${rival} by ${size}`;
    case 'behind':
      return `${subject} is worse than ${rival} by ${size}`;
    case 'equal':
      return `${subject} and ${rival} are equal within ${text(tolerance)} ${unit} (${exactBy(isItself)})`;
    case 'no-evidence':
      return `not compared: the verifier gave no value for one side`;
    case 'identical':
      return isOrigin
        ? 'the incumbent is the untouched origin'
        : "not testable: one trajectory; both arms had the same candidate at the control's spend";
  }
}
