/**
 * What came of a forecast: whether the screen saw the candidate above the one it came from. A screen is noisy
 * and claims nothing, and neither does this; it is what there is of every trial, so a forecast can be scored on it.
 */
import type { EventBody } from '../core/events.ts';
import { mean } from '../stats/summary.ts';
import { type Metric, orient } from './orient.ts';
import { pairDifferences } from './pairs.ts';
import { pairedValues } from './screen.ts';

type Settled = Pick<
  EventBody['trial.settled'],
  'values' | 'againstValues' | 'outcome' | 'end' | 'stoppedAt' | 'barredBy' | 'forecast'
>;

export interface Foreseen {
  readonly better: boolean;
  /** Oriented, beyond the candidate it came from; absent without a score. */
  readonly gain?: number;
}

/** Neither says anything of the candidate: a copy of another, and what the machine or the budget ended. */
const SAY_NOTHING: ReadonlySet<string | null> = new Set([
  'duplicate',
  'infra-error',
  'over-budget',
]);

/**
 * Undefined where nothing was expected or nothing came of it. A candidate that failed, or that a stage of the
 * cascade ended, is not better, and its gain stays unknown.
 */
export function foreseenOf(metric: Metric, body: Settled): Foreseen | undefined {
  const { forecast, end, barredBy } = body;
  if (forecast === undefined || barredBy !== undefined || SAY_NOTHING.has(end)) return undefined;
  const score = body.outcome === 'scored' ? screenedScore(metric, body) : undefined;
  if (score === undefined) return { better: false };
  const gain = score - forecast.over;
  return { better: gain > 0, gain };
}

/** Oriented mean of a screen; of pairs that of the differences. */
function screenedScore(metric: Metric, { values, againstValues }: Settled): number | undefined {
  const seen =
    againstValues === undefined
      ? values.flatMap((value) => (value === null ? [] : [orient(metric, value)]))
      : pairedValues(0, pairDifferences({ values, againstValues }, metric));
  return seen.length === 0 ? undefined : mean(seen);
}

/** `worth` of the candidate a trial came from, as a forecast records it. */
export function overOf(
  { isPaired, level }: { readonly isPaired: boolean; readonly level: number },
  worth: number,
): number {
  return isPaired ? worth - level : worth;
}

/** Whether a trial's draft is the first one, by the draw of its trial: one number of the stream. */
export function isAtRandom(rng: { float(): number }, explore: number): boolean {
  return rng.float() < explore;
}
