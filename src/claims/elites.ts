/**
 * Elites measured again (acceptance.md §1.2, §4.2): the best of an archive is the best partly by luck,
 * and whoever breeds from it breeds from the luck. Every so often the best that has not been measured
 * enough is measured once more on a fresh training case, and the archive is ranked by shrunken means.
 * It claims nothing: none of it enters a confirm.
 *
 * §4.2 shrinks towards the origin's worth. Here it is the mean of the elites: a search that has climbed
 * would otherwise go on breeding from what it has measured most (docs/decisions/0032).
 */
import type { EventBody } from '../core/events.ts';
import type { NoiseFloor } from '../stats/noise-floor.ts';

/** Trials of an arm from one such measurement to the next. */
export const REMEASURE_EVERY_TRIALS = 10;

/** A study, as far as it says how its elites are ranked. */
interface Ranking {
  readonly opened: Pick<EventBody['study.opened'], 'elites'> | undefined;
  readonly floor: Pick<NoiseFloor, 'scale' | 'confirmScale'> | undefined;
  readonly isPaired: boolean;
}

/**
 * Standard deviation of one screen value around what its candidate is worth; of a paired screen, whose
 * values are level + D, that of a difference. 0 where the origin shows no scale, undefined where the
 * study does not measure elites again: scores then stand as they are.
 */
export function eliteNoise({ opened, floor, isPaired }: Ranking): number | undefined {
  if (opened?.elites === undefined || floor === undefined) return undefined;
  return isPaired ? floor.confirmScale : floor.scale;
}

/**
 * Without a score on a fresh case an elite leaves its archive: what failed once is no parent. Where the
 * incumbent beside it has none either, the case tells nothing about the elite.
 */
export function hasFailed({
  values,
  againstValues = [],
}: Pick<EventBody['measurement.recorded'], 'values' | 'againstValues'>): boolean {
  return values.some((value, i) => value === null && againstValues[i] !== null);
}
