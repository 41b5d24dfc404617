/**
 * From the values of a metric to the numbers decisions see, where higher is better, and back to what
 * people read. Times are logged (acceptance.md §1.1): what a program does to a time is to multiply
 * it, and a logged time has noise of one size whatever the level. The mean of logged times is a
 * geometric mean, and a difference of them is a ratio of speeds.
 */
import type { EventBody } from '../core/events.ts';
import { mean } from '../stats/summary.ts';

export type Metric = EventBody['study.opened']['metric'];

/** How differences of a metric read. */
export interface Measure {
  readonly unit: string;
  readonly kind?: Metric['kind'] | undefined;
}

type Direction = Pick<Metric, 'goal' | 'kind'>;

/** Higher is better. Not finite for a time that is none, 0 or less: evaluators refuse those. */
export function orient({ goal, kind }: Direction, value: number): number {
  if (kind === 'time') return -Math.log(value);
  return goal === 'max' ? value : -value;
}

/** The value of the metric that an oriented number stands for. */
export function unorient({ goal, kind }: Direction, oriented: number): number {
  if (kind === 'time') return Math.exp(-oriented);
  return goal === 'max' ? oriented : -oriented;
}

/** The level of several values, in the metric's unit: their mean, of times the geometric one. */
export function levelOf(metric: Direction, values: readonly number[]): number {
  return unorient(metric, mean(values.map((value) => orient(metric, value))));
}

/** A scale of oriented values around `level`, in the metric's unit. */
export function scaleInUnit({ kind }: Direction, scale: number, level: number): number {
  return kind === 'time' ? level * scale : scale;
}

/** A gain as a number for people: of times how many times as fast, 1 where nothing changed. */
export function gainFigure({ kind }: Pick<Measure, 'kind'>, gain: number): number {
  return kind === 'time' ? Math.exp(gain) : gain;
}

/** The gain that a saved share of the time is: `minEffect` of a metric of times. */
export function gainOfShare(share: number): number {
  return -Math.log1p(-share);
}

/** The share of the time that a gain saves; negative where it costs some. */
export function shareOfGain(gain: number): number {
  return -Math.expm1(-gain);
}
