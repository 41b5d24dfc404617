/** Metric over evaluations: screen scores, the incumbent's steps, the control's, the origin. */
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { ReportFacts } from '../facts.ts';
import { isOfIslands } from '../report/facts-islands.ts';
import { metricOf } from '../report/pairs.ts';
import { MAIN_ARM } from '../report/tally.ts';
import type { Dot } from '../report/trajectory.ts';
import { axisMarks, axisWidth, round } from './axis.ts';
import { type Course, coursesOf, levelAt, type Scales, type Step } from './course.ts';
import { endLabels } from './course-labels.ts';
import { escapeHtml } from './escape-html.ts';
import { factAttributes, factHtml } from './phrase-html.ts';

const SIZE = { width: 660, height: 270, right: 92, top: 24, bottom: 36 } as const;
const X_TICKS = 6;
const Y_TICKS = 5;

/** Empty before the noise floor is measured: there is nothing to draw against. */
export function trajectoryChart(facts: ReportFacts): string {
  const { tally, book } = facts;
  const origin = Number(book.get('floor.mean')?.value ?? Number.NaN);
  if (!tally.arms.has(MAIN_ARM) || !Number.isFinite(origin)) return '';
  const courses = coursesOf(tally, origin);
  const scales = scalesOf(facts, courses, origin);
  const body = [
    axes(scales),
    dotsPath(
      [...tally.arms.values()].flatMap((arm) => arm.dots.dots),
      scales,
    ),
    originLine(origin, scales),
    ...courses.map((course) => stepLine(course, scales)),
    ...(isOfIslands(tally) ? [] : matchedSpend(courses, scales)),
    marks(facts, courses.find(({ isMain }) => isMain)?.steps ?? [], scales),
    endLabels(courses, origin, scales),
    captions(facts),
  ];
  return `<svg class="course" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="Metric over evaluations: screen scores, incumbent, control and origin">${body.join('')}</svg>`;
}

/** Room beyond the levels for the scores around them, in shares of the range shown. */
const ROOM_WORSE = 0.5;
const ROOM_BETTER = 0.2;
/** With no promotion the range shown is this many noise scales. */
const LEAST_RANGE_SCALES = 4;

function scalesOf(
  { tally, book }: ReportFacts,
  courses: readonly Course[],
  origin: number,
): Scales {
  const steps = courses.flatMap((course) => course.steps);
  const levels = steps.flatMap(({ level, range }) => [level, ...(range ?? [])]);
  const low = Math.min(origin, ...levels);
  const high = Math.max(origin, ...levels);
  const noise = Number(book.get('floor.scale')?.value ?? 0);
  const range = Math.max(high - low, LEAST_RANGE_SCALES * noise) || Math.abs(origin) || 1;
  const isMin = metricOf(tally).goal === 'min';
  const below = range * (isMin ? ROOM_BETTER : ROOM_WORSE);
  const above = range * (isMin ? ROOM_WORSE : ROOM_BETTER);
  const evals = Math.max(1, ...[...tally.arms.values()].map((arm) => arm.evals));
  const y = scaleLinear([low - below, high + above], [SIZE.height - SIZE.bottom, SIZE.top]);
  return {
    x: scaleLinear([0, evals], [axisWidth(y, Y_TICKS), SIZE.width - SIZE.right]),
    y,
  };
}

function axes({ x, y }: Scales): string {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  return [
    axisMarks(x, { axis: 'x', at: bottom, ticks: X_TICKS, length: bottom - top }),
    axisMarks(y, { axis: 'y', at: left, ticks: Y_TICKS, length: right - left }),
  ].join('');
}

function dotsPath(dots: readonly Dot[], { x, y }: Scales): string {
  const [bottom = 0, top = 0] = y.domain();
  const drawn = dots.filter(({ score }) => score >= bottom && score <= top);
  const path = drawn.map((dot) => `M${round(x(dot.evals))},${round(y(dot.score))}h0`).join('');
  return `<path class="dots" d="${path}"/>`;
}

function originLine(origin: number, { x, y }: Scales): string {
  const [from = 0, to = 0] = x.range();
  return `<line class="origin" x1="${from}" x2="${to}" y1="${round(y(origin))}" y2="${round(y(origin))}"/>`;
}

function stepLine({ steps, isMain, isSister }: Course, { x, y }: Scales): string {
  const path = line<Step>(
    (step) => round(x(step.evals)),
    (step) => round(y(step.level)),
  ).curve(curveStepAfter);
  const tone = isMain ? 'main' : isSister ? 'sister' : 'control';
  return `<path class="steps ${tone}" d="${path([...steps]) ?? ''}"/>`;
}

/** From where the control ends to where the incumbent stood after the same spend: what is compared. */
function matchedSpend(courses: readonly Course[], { x, y }: Scales): readonly string[] {
  return courses.flatMap(({ isMain, end }) => {
    const ours = levelAt(courses, end.evals);
    if (isMain || ours === undefined || ours === end.level) return [];
    const [from, to] = [end.level, ours].map((level) => round(y(level)));
    return [`<path class="matched" d="M${round(x(end.evals))},${from}V${to}"/>`];
  });
}

/** A promotion: its level, its 95 % error bar where it is no exact one, and its gain for whoever points at it. */
function marks({ book }: ReportFacts, steps: readonly Step[], { x, y }: Scales): string {
  return steps
    .flatMap(({ climb, evals, level, range }) => {
      const fact = climb && book.get(`promotion.${climb.trial}.gain`);
      if (!fact) return [];
      const at = round(x(evals));
      const bar = range ? errorBar(at, [round(y(range[0])), round(y(range[1]))]) : '';
      return [
        `<g>${factHtml(fact, 'title').replace(' class="fact"', '')}${bar}<circle class="main" cx="${at}" cy="${round(y(level))}" r="3.5"/></g>`,
      ];
    })
    .join('');
}

function errorBar(at: number, [a, b]: readonly [number, number]): string {
  return `<path class="bar" d="M${at},${a}V${b}M${at - 4},${a}h8M${at - 4},${b}h8"/>`;
}

function captions({ book, tally }: ReportFacts): string {
  const metric = book.get('study.metric');
  const unit = book.get('study.unit');
  const better = tally.opened?.body.metric.goal === 'max' ? 'higher is better' : 'lower is better';
  const span = (fact: typeof metric): string =>
    fact
      ? `<tspan ${factAttributes(fact).replace(/ title="[^"]*"/, '')}>${escapeHtml(fact.text)}</tspan>`
      : '';
  const named = metric?.text === unit?.text ? span(metric) : `${span(metric)}, ${span(unit)}`;
  return [
    `<text class="caption" x="0" y="12">${named} (${better})</text>`,
    `<text class="caption" text-anchor="end" x="${SIZE.width - SIZE.right}" y="${SIZE.height - 4}">evaluations spent by the arm</text>`,
  ].join('');
}
