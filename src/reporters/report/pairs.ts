/** Paired measurements back to the number that was reported, from the raw values in the ledger. */
import { exactDifferences } from '../../claims/exact.ts';
import type { Metric } from '../../claims/orient.ts';
import { pairDifferences, scoredOnly } from '../../claims/pairs.ts';
import { blockInterval } from '../../stats/block.ts';
import type { PairSeries } from './pair-series.ts';
import type { Tally } from './tally.ts';

/** Coverage of every interval the engine records. */
export const INTERVAL_LEVEL = 0.95;

export interface Regained {
  readonly effect: number;
  /** Absent: exact. */
  readonly interval?: readonly [number, number];
  readonly n: number;
  /** Entries used. */
  readonly seqs: readonly number[];
}

/** Effect and interval of the `n` pairs scored on both sides; undefined where they are not all there. */
export function regain(tally: Tally, series: PairSeries, n: number): Regained | undefined {
  const { opened } = tally;
  const differences = scoredOnly(pairDifferences(series, metricOf(tally)));
  if (!opened || differences.length !== n || n < 2) return undefined;
  const block = blockInterval(differences, INTERVAL_LEVEL);
  return {
    effect: block.mean,
    interval: [block.lower, block.upper],
    n,
    seqs: [opened.seq, ...series.seqs],
  };
}

/** The verifier's own difference; undefined where the one pair is not there or lacks a value. */
export function regainExact(tally: Tally, series: PairSeries): Regained | undefined {
  const { opened } = tally;
  const [effect] = scoredOnly(exactDifferences(series, metricOf(tally)));
  if (!opened || effect === undefined) return undefined;
  return { effect, n: 1, seqs: [opened.seq, ...series.seqs] };
}

/** Of entries that do not say, the values as they are. */
export function metricOf({ opened }: Tally): Metric {
  return opened?.body.metric ?? { name: '', goal: 'max', unit: '' };
}

/** Rounding apart, as two sums of the same numbers differ. */
const TOLERANCE = 1e-9;

export function agrees(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}
