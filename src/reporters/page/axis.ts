import type { ScaleLinear } from 'd3-scale';
import { countText, numberText } from '../report/number-text.ts';

interface AxisMarks {
  readonly axis: 'x' | 'y';
  /** Position of the axis across its own direction. */
  readonly at: number;
  /** About how many. */
  readonly ticks: number;
  /** Of the grid lines. */
  readonly length: number;
}

/** A tenth of a pixel is finer than anyone sees and keeps the file small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Evenly spaced marks of a scale. They are not facts: `data-scale` says so, and the audit checks the spacing. */
export function axisMarks(scale: ScaleLinear<number, number>, marks: AxisMarks): string {
  const { axis, at, ticks, length } = marks;
  const one = (value: number): string => {
    const place = round(scale(value));
    return axis === 'x'
      ? `<path class="grid" d="M${place},${at}v${-length}"/><text text-anchor="middle" x="${place}" y="${at + 15}">${tickText(value)}</text>`
      : `<path class="grid" d="M${at},${place}h${length}"/><text text-anchor="end" x="${at - 7}" y="${round(place + 4)}">${tickText(value)}</text>`;
  };
  return `<g class="axis" data-scale="${axis}">${scale.ticks(ticks).map(one).join('')}</g>`;
}

/** Enough to tell neighbours apart, too few to show the noise of binary fractions. */
const DIGITS = 12;
/** Longer ones leave their margin. */
const LONGEST = 9;

function tickText(value: number): string {
  const exact = Number(value.toPrecision(DIGITS));
  const whole = Number.isInteger(exact) ? countText(exact) : exact.toString();
  const text = Math.abs(exact) < 1 ? numberText(exact) : whole;
  const short = text.length > LONGEST ? exact.toExponential().replace('+', '') : text;
  return short.replaceAll('-', '−');
}

/** Room for the marks of a vertical axis, in the chart's units. */
export function axisWidth(scale: ScaleLinear<number, number>, ticks: number): number {
  const longest = Math.max(0, ...scale.ticks(ticks).map((value) => tickText(value).length));
  return CHARACTER * longest + GAP;
}

/** Of a digit at the charts' letter size. */
const CHARACTER = 6.5;
const GAP = 18;
