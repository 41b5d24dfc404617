/** Finals of islands and control blocks, a dot each: how far apart the two groups lie, and how wide each is. */
import { scaleLinear } from 'd3-scale';
import type { ReportFacts } from '../facts.ts';
import type { Fact } from '../report/fact.ts';
import { ISLANDS, isIslandArm } from '../report/facts-islands.ts';
import { axisMarks, round } from './axis.ts';
import { escapeHtml } from './escape-html.ts';
import { factHtml } from './phrase-html.ts';

const SIZE = { width: 380, left: 64, right: 14, row: 26, top: 6, bottom: 24 } as const;

interface Group {
  readonly name: string;
  readonly tone: 'main' | 'control';
  readonly finals: readonly Fact[];
}

function groupsOf({ book, tally }: ReportFacts): readonly Group[] {
  const arms = tally.islands.judged?.body.finals.map(({ arm }) => arm) ?? [];
  const finals = (areIslands: boolean): readonly Fact[] =>
    arms
      .filter((arm) => isIslandArm(tally, arm) === areIslands)
      .flatMap((arm) => book.get(`${ISLANDS}.level.${arm}`) ?? []);
  return [
    { name: 'islands', tone: 'main', finals: finals(true) },
    { name: 'blocks', tone: 'control', finals: finals(false) },
  ];
}

/** Empty where nothing was judged, some final has no score, or all are one candidate. */
export function islandsChart(facts: ReportFacts): string {
  if (facts.tally.islands.judged?.body.difference === undefined) return '';
  const groups = groupsOf(facts);
  const levels = groups.flatMap(({ finals }) => finals.map(({ value }) => Number(value)));
  if (groups.some(({ finals }) => finals.length === 0)) return '';
  const x = scaleLinear(
    [Math.min(...levels), Math.max(...levels)],
    [SIZE.left, SIZE.width - SIZE.right],
  ).nice();
  const height = SIZE.top + groups.length * SIZE.row + SIZE.bottom;
  const base = height - SIZE.bottom;
  const rows = groups.map(({ name, tone, finals }, i) => {
    const y = SIZE.top + (i + 0.5) * SIZE.row;
    const dots = finals.map(
      (fact) =>
        `<g>${factHtml(fact, 'title').replace(' class="fact"', '')}<circle cx="${round(x(Number(fact.value)))}" cy="${y}" r="4.5" fill-opacity="0.6"/></g>`,
    );
    return `<g class="interval ${tone}"><text x="0" y="${y + 4}">${escapeHtml(name)}</text>${dots.join('')}</g>`;
  });
  const axis = axisMarks(x, { axis: 'x', at: base, ticks: 5, length: base - SIZE.top });
  return `<svg class="finals" viewBox="0 0 ${SIZE.width} ${height}" role="img" aria-label="Finals of islands and control blocks on the common cases">${axis}${rows.join('')}</svg>`;
}
