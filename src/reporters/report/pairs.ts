/** Paired measurements back to the number that was reported, from the raw values in the ledger. */
import { blockInterval } from '../../stats/block.ts';
import { noiseFloor } from '../../stats/noise-floor.ts';
import type { PairSeries } from './pair-series.ts';
import type { Tally } from './tally.ts';

/** Far beyond any ordinary difference: the loop's value for a crash or time-out (acceptance.md §1.4). */
const WORST_IN_SCALES = 1e6;
/** Coverage of every interval the engine records. */
export const INTERVAL_LEVEL = 0.95;

export interface Regained {
  readonly effect: number;
  readonly interval: readonly [number, number];
  readonly n: number;
  /** Entries used. */
  readonly seqs: readonly number[];
}

/** Effect and interval of the first `n` pairs; undefined where the pairs are not all there. */
export function regain(tally: Tally, series: PairSeries, n: number): Regained | undefined {
  const { opened, floor } = tally;
  if (!opened || series.values.length < n || n < 1) return undefined;
  const hasGap = [...series.values, ...series.againstValues].includes(null);
  if (hasGap && !floor) return undefined;
  const differences = series.values
    .slice(0, n)
    .map((value, i) => oriented(tally, value, series.againstValues[i] ?? null));
  const block = blockInterval(differences, INTERVAL_LEVEL);
  return {
    effect: block.mean,
    interval: [block.lower, block.upper],
    n,
    seqs: [opened.seq, ...(hasGap && floor ? [floor.seq] : []), ...series.seqs],
  };
}

/** +1 where higher is better, −1 where lower is. */
export function signOf(tally: Tally): number {
  return tally.opened?.body.metric.goal === 'min' ? -1 : 1;
}

function oriented(tally: Tally, value: number | null, against: number | null): number {
  if (value === null && against === null) return 0;
  if (value !== null && against !== null) return signOf(tally) * (value - against);
  const sign = signOf(tally);
  const scale = noiseFloor((tally.floor?.body.values ?? []).map((one) => sign * one)).confirmScale;
  const worst = WORST_IN_SCALES * (scale > 0 ? scale : 1);
  return value === null ? -worst : worst;
}

/** Rounding apart, as two sums of the same numbers differ. */
const TOLERANCE = 1e-9;

export function agrees(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}
