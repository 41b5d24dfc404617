/** Comparisons as intervals around zero, or around 1 where a gain is a ratio: the picture behind "better by how much, and how surely". */
import { scaleLinear } from 'd3-scale';
import { gainFigure } from '../../claims/orient.ts';
import type { ReportFacts } from '../facts.ts';
import { ORIGIN } from '../report/answers-evidence.ts';
import type { Fact } from '../report/fact.ts';
import { ISLANDS } from '../report/facts-islands.ts';
import { metricOf } from '../report/pairs.ts';
import { type Phrase, say } from '../report/phrase.ts';
import { axisMarks, round } from './axis.ts';
import { escapeHtml } from './escape-html.ts';
import { factAttributes } from './phrase-html.ts';

const SIZE = { width: 380, left: 6, right: 14, row: 46, top: 4, bottom: 34 } as const;
/** Where in a row the interval is drawn, under its words: zero is marked there and not across them. */
const BAND = { from: 30, middle: 37, to: 46 } as const;
/** Between a zero line at the edge and the words. */
const TEXT_GAP = 6;
/** A zero line nearer to the edge leaves no room for a worse side to be named. */
const WORSE_FROM = 60;
/** Promotions drawn: the latest. */
const PROMOTIONS_SHOWN = 4;

interface IntervalRow {
  readonly label: Phrase;
  readonly fact: Fact;
  readonly interval: readonly [number, number];
  readonly tone: 'main' | 'control' | 'past';
}

function rowsOf({ book, tally }: ReportFacts): readonly IntervalRow[] {
  const row = (label: Phrase, id: string, tone: IntervalRow['tone']): IntervalRow[] => {
    const fact = book.get(id);
    return fact?.interval ? [{ label, fact, interval: fact.interval, tone }] : [];
  };
  const past = tally.promotions.slice(-PROMOTIONS_SHOWN).reverse();
  return [
    ...row(say`final incumbent over the untouched origin`, `compared.${ORIGIN}.gain`, 'main'),
    ...tally.comparisons
      .filter(({ body }) => body.arm !== ORIGIN)
      .flatMap(({ body }) =>
        row(
          say`incumbent at the control’s spend over control (${book.get(`arm.${body.arm}`)})`,
          `compared.${body.arm}.gain`,
          'control',
        ),
      ),
    ...row(
      say`islands over control blocks (${book.get(`${ISLANDS}.level`)} interval)`,
      `${ISLANDS}.gain`,
      'control',
    ),
    ...past.flatMap(({ promoted: { trial } }) =>
      row(
        say`trial ${book.get(`promotion.${trial}.trial`)} over its predecessor`,
        `promotion.${trial}.gain`,
        'past',
      ),
    ),
  ];
}

/** Empty where nothing was compared yet. */
export function intervalChart(facts: ReportFacts): string {
  const nothing = gainFigure(metricOf(facts.tally), 0);
  const rows = rowsOf(facts);
  if (rows.length === 0) return '';
  const height = SIZE.top + rows.length * SIZE.row + SIZE.bottom;
  const bounds = rows.flatMap(({ interval }) => interval).filter(Number.isFinite);
  const x = scaleLinear(
    [Math.min(nothing, ...bounds), Math.max(nothing, ...bounds)],
    [SIZE.left, SIZE.width - SIZE.right],
  ).nice();
  const base = height - SIZE.bottom;
  const zero = round(x(nothing));
  const body = [
    axisMarks(x, { axis: 'x', at: base, ticks: 5, length: base - SIZE.top }),
    `<path class="zero" d="${rows.map((_, i) => `M${zero},${SIZE.top + i * SIZE.row + BAND.from}V${SIZE.top + i * SIZE.row + BAND.to}`).join('')}"/>`,
    ...rows.map((row, i) => intervalRow(row, SIZE.top + i * SIZE.row, x)),
    `<text class="caption" text-anchor="end" x="${SIZE.width - SIZE.right}" y="${height - 4}">better →</text>`,
    zero < WORSE_FROM
      ? ''
      : `<text class="caption" x="${SIZE.left}" y="${height - 4}">← worse</text>`,
  ];
  return `<svg class="comparisons" viewBox="0 0 ${SIZE.width} ${height}" role="img" aria-label="Paired differences with their intervals">${body.join('')}</svg>`;
}

function intervalRow(row: IntervalRow, top: number, x: (value: number) => number): string {
  const { fact, interval, label, tone } = row;
  const [from, to] = interval.map((value) => round(x(value)));
  const middle = round(x(Number(fact.value)));
  const y = top + BAND.middle;
  const words = label
    .map((part) => (typeof part === 'string' ? escapeHtml(part) : tspan(part)))
    .join('');
  return `<g class="interval ${tone}"><text x="${SIZE.left + TEXT_GAP}" y="${top + 12}">${words}</text><text class="value" x="${SIZE.left + TEXT_GAP}" y="${top + 27}">${tspan(fact)}</text><path d="M${from},${y}H${to}M${from},${y - 5}v10M${to},${y - 5}v10"/><circle cx="${middle}" cy="${y}" r="4.5"/></g>`;
}

function tspan(fact: Fact): string {
  return `<tspan ${factAttributes(fact)}>${escapeHtml(fact.text)}</tspan>`;
}
