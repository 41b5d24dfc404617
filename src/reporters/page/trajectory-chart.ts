/** Metric over evaluations: screen scores, the incumbent's steps, the control's, the origin. */
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { ReportFacts } from '../facts.ts';
import { signOf } from '../report/pairs.ts';
import { type ArmTally, MAIN_ARM, type Tally } from '../report/tally.ts';
import type { Climb, Dot } from '../report/trajectory.ts';
import { axisMarks, axisWidth, round } from './axis.ts';
import { escapeHtml } from './escape-html.ts';
import { factAttributes, factHtml } from './phrase-html.ts';

const SIZE = { width: 660, height: 270, right: 92, top: 24, bottom: 36 } as const;
const X_TICKS = 6;
const Y_TICKS = 5;

interface Step {
  readonly climb: Climb | undefined;
  readonly evals: number;
  readonly level: number;
  /** Of the level, where the gain has an interval. */
  readonly range?: readonly [number, number];
}

/** Levels by adding up paired gains from the origin's mean: instances differ, pairs do not care. */
function stepsOf(arm: ArmTally, origin: number, sign: number): readonly Step[] {
  const steps: Step[] = [{ climb: undefined, evals: 0, level: origin }];
  for (const climb of arm.climbs) {
    const { level } = steps.at(-1) ?? { level: origin };
    const { interval, evals } = climb;
    const range = interval
      ? ([level + sign * interval[0], level + sign * interval[1]] as const)
      : undefined;
    steps.push({ climb, evals, level: level + sign * climb.gain, ...(range ? { range } : {}) });
  }
  return [...steps, { climb: undefined, evals: arm.evals, level: steps.at(-1)?.level ?? origin }];
}

/** Empty before the noise floor is measured: there is nothing to draw against. */
export function trajectoryChart(facts: ReportFacts): string {
  const { tally, book } = facts;
  const origin = Number(book.get('floor.mean')?.value ?? Number.NaN);
  const main = tally.arms.get(MAIN_ARM);
  if (!main || !Number.isFinite(origin)) return '';
  const sign = signOf(tally);
  const paths = [...tally.arms].map(([name, arm]) => ({
    name,
    arm,
    steps: stepsOf(arm, origin, sign),
  }));
  const scales = scalesOf(
    facts,
    paths.flatMap(({ steps }) => steps),
    origin,
  );
  const [left = 0] = scales.x.range();
  const dots = [...tally.arms.values()].flatMap((arm) => arm.dots.dots);
  const body = [
    axisMarks(scales.x, {
      axis: 'x',
      at: SIZE.height - SIZE.bottom,
      ticks: X_TICKS,
      length: SIZE.height - SIZE.top - SIZE.bottom,
    }),
    axisMarks(scales.y, {
      axis: 'y',
      at: left,
      ticks: Y_TICKS,
      length: SIZE.width - left - SIZE.right,
    }),
    dotsPath(dots, scales),
    originLine(origin, scales),
    ...paths
      .filter(({ name }) => name !== MAIN_ARM)
      .map(({ steps }) => stepLine(steps, 'control', scales)),
    ...paths
      .filter(({ name }) => name === MAIN_ARM)
      .map(({ steps }) => stepLine(steps, 'main', scales)),
    marks(facts, paths.find(({ name }) => name === MAIN_ARM)?.steps ?? [], scales),
    endLabels(
      paths.map(({ name, steps }) => ({
        isMain: name === MAIN_ARM,
        evals: steps.at(-1)?.evals ?? 0,
        level: steps.at(-1)?.level ?? origin,
      })),
      origin,
      scales,
    ),
    captions(tally, facts),
  ];
  return `<svg class="course" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="Metric over evaluations: screen scores, incumbent, control and origin">${body.join('')}</svg>`;
}

interface Scales {
  readonly x: ReturnType<typeof scaleLinear<number, number>>;
  readonly y: ReturnType<typeof scaleLinear<number, number>>;
}

/** Room beyond the levels for the scores around them, in shares of the range shown. */
const ROOM_WORSE = 0.5;
const ROOM_BETTER = 0.2;
/** With no promotion the range shown is this many noise scales. */
const LEAST_RANGE_SCALES = 4;

function scalesOf({ tally, book }: ReportFacts, steps: readonly Step[], origin: number): Scales {
  const levels = steps.flatMap(({ level, range }) => [level, ...(range ?? [])]);
  const low = Math.min(origin, ...levels);
  const high = Math.max(origin, ...levels);
  const noise = Number(book.get('floor.scale')?.value ?? 0);
  const range = Math.max(high - low, LEAST_RANGE_SCALES * noise) || Math.abs(origin) || 1;
  const isMin = signOf(tally) < 0;
  const below = range * (isMin ? ROOM_BETTER : ROOM_WORSE);
  const above = range * (isMin ? ROOM_WORSE : ROOM_BETTER);
  const evals = Math.max(1, ...[...tally.arms.values()].map((arm) => arm.evals));
  const y = scaleLinear([low - below, high + above], [SIZE.height - SIZE.bottom, SIZE.top]);
  return {
    x: scaleLinear([0, evals], [axisWidth(y, Y_TICKS), SIZE.width - SIZE.right]),
    y,
  };
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

function stepLine(steps: readonly Step[], name: string, { x, y }: Scales): string {
  const path = line<Step>(
    (step) => round(x(step.evals)),
    (step) => round(y(step.level)),
  ).curve(curveStepAfter);
  return `<path class="steps ${name}" d="${path([...steps]) ?? ''}"/>`;
}

/** A promotion: its level, its 95 % error bar, and its gain for whoever points at it. */
function marks({ book }: ReportFacts, steps: readonly Step[], { x, y }: Scales): string {
  return steps
    .flatMap(({ climb, evals, level, range }) => {
      const fact = climb && book.get(`promotion.${climb.trial}.gain`);
      if (!fact || !range) return [];
      const [a, b] = [round(y(range[0])), round(y(range[1]))];
      const at = round(x(evals));
      const bar = `<path class="bar" d="M${at},${a}V${b}M${at - 4},${a}h8M${at - 4},${b}h8"/>`;
      return [
        `<g>${factHtml(fact, 'title').replace(' class="fact"', '')}${bar}<circle class="main" cx="${at}" cy="${round(y(level))}" r="4.5"/></g>`,
      ];
    })
    .join('');
}

const LABEL_HEIGHT = 14;
const LABEL_GAP = 7;

interface End {
  readonly isMain: boolean;
  readonly evals: number;
  readonly level: number;
}

/** Names where the lines end; those on the right are kept apart, a control's stands under its line. */
function endLabels(ends: readonly End[], origin: number, { x, y }: Scales): string {
  const [, right = 0] = x.range();
  const controls = ends
    .filter(({ isMain }) => !isMain)
    .map(({ evals, level }) =>
      endLabel('control', { name: 'control', x: x(evals), y: y(level) + LABEL_HEIGHT }, 'end'),
    );
  const onRight = [
    ...ends
      .filter(({ isMain }) => isMain)
      .map(({ evals, level }) => ({ text: 'incumbent', name: 'main', x: x(evals), y: y(level) })),
    { text: 'origin', name: 'origin', x: right, y: y(origin) },
  ].sort((a, b) => a.y - b.y);
  let free = Number.NEGATIVE_INFINITY;
  const apart = onRight.map(({ text, ...at }) => {
    free = Math.max(free + LABEL_HEIGHT, at.y + 4);
    return endLabel(text, { ...at, x: at.x + LABEL_GAP, y: free }, 'start');
  });
  return [...controls, ...apart].join('');
}

interface LabelAt {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

function endLabel(text: string, { name, x, y }: LabelAt, anchor: 'start' | 'end'): string {
  return `<text class="label ${name}" text-anchor="${anchor}" x="${round(x)}" y="${round(y)}">${text}</text>`;
}

function captions({ opened }: Tally, { book }: ReportFacts): string {
  const metric = book.get('study.metric');
  const unit = book.get('study.unit');
  const better = opened?.body.metric.goal === 'max' ? 'higher is better' : 'lower is better';
  const span = (fact: typeof metric): string =>
    fact
      ? `<tspan ${factAttributes(fact).replace(/ title="[^"]*"/, '')}>${escapeHtml(fact.text)}</tspan>`
      : '';
  return [
    `<text class="caption" x="0" y="12">${span(metric)}, ${span(unit)} (${better})</text>`,
    `<text class="caption" text-anchor="end" x="${SIZE.width - SIZE.right}" y="${SIZE.height - 4}">evaluations spent by the arm</text>`,
  ].join('');
}
