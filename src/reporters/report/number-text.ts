/** Numbers as people read them in a report. */
import { exactNumber, shortNumber, withGainUnit } from '../../claims/claim.ts';
import { exactBy } from '../../claims/exact.ts';
import { gainFigure, type Measure, shareOfGain } from '../../claims/orient.ts';

const THOUSANDS = /\B(?=(\d{3})+$)/g;

/** A whole number with its thousands set apart: `18,234`. */
export function countText(value: number): string {
  return String(value).replace(THOUSANDS, ',');
}

/** Three significant digits and a true minus sign. */
export function numberText(value: number): string {
  return shortNumber(value).replace('-', '−');
}

/** Of what is arithmetic, every digit that means something. */
export function exactText(value: number): string {
  return exactNumber(value).replace('-', '−');
}

/** A gain with its interval: `0.84 ms [0.66, 1.02]`; of percentages in points, of times as a ratio. */
export function intervalText(
  effect: number,
  interval: readonly [number, number],
  measure: Measure,
): string {
  const [low, high] = interval.map((one) => numberText(gainFigure(measure, one)));
  return `${differenceText(effect, measure)} [${low}, ${high}]`;
}

export function differenceText(difference: number, measure: Measure): string {
  return withGainUnit(numberText(gainFigure(measure, difference)), measure);
}

/** A gain as a threshold: `0.2 ms`, `2 % less time`. */
export function thresholdText(gain: number, measure: Measure): string {
  if (measure.kind !== 'time') return differenceText(gain, measure);
  return `${numberText(100 * shareOfGain(gain))} % less time`;
}

/** The unit of the figure that stands for a gain. */
export function gainUnit({ unit, kind }: Measure): string {
  return kind === 'time' ? 'x as fast' : unit;
}

interface Gained {
  readonly effect: number;
  readonly interval?: readonly [number, number] | undefined;
  /** Of an exact gain: no second program looked. */
  readonly isItself?: boolean | undefined;
}

/** With its interval, or said to be exact where it has none: no number stands alone. */
export function gainText({ effect, interval, isItself }: Gained, measure: Measure): string {
  if (interval) return intervalText(effect, interval, measure);
  return `${withGainUnit(exactText(effect), measure)} (${exactBy(isItself)})`;
}

/** `1 trial`, `18,234 trials` */
export function countedText(count: number, noun: string): string {
  return `${countText(count)} ${count === 1 ? noun : `${noun}s`}`;
}

export function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`;
}

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min` */
export function durationText(ms: number): string {
  const seconds = ms / SECOND_MS;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return inTwo(whole, MINUTE_S, ['min', 's']);
  return inTwo(Math.round(whole / MINUTE_S), 60, ['h', 'min']);
}

/** `2 min`, `2 min 6 s` */
function inTwo(whole: number, size: number, [large, small]: readonly [string, string]): string {
  const rest = whole % size;
  const head = `${Math.floor(whole / size)} ${large}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}

const SHORT_HASH = 12;

/** The part of a hash that people compare. */
export function shortHash(hash: string): string {
  return hash.replace('sha256:', '').slice(0, SHORT_HASH);
}
