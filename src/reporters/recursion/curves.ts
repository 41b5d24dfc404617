/** All lines over generations as one drawing, with their 95 % intervals and names at their ends. */
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { LineShown, RecursionReport } from '../../improver/recursion/report.ts';
import type { Point } from '../../improver/recursion/summary.ts';
import { axisMarks, axisWidth, round } from '../page/axis.ts';
import { escapeHtml } from '../page/escape-html.ts';

const SIZE = { width: 860, height: 400, right: 150, top: 24, bottom: 36 } as const;
const LABEL_HEIGHT = 14;
const Y_TICKS = 6;

/** Lines that stand out; the others are grey. */
const TONES: Readonly<Record<string, string>> = { recursive: 'main', control: 'control' };

type Half = 'held' | 'everyday';

export function curves({ lines, generations }: RecursionReport, half: Half): string {
  const drawn = lines.filter((one) => one[half].length > 0);
  const all = drawn.flatMap((one) => one[half].flatMap(({ interval }) => [...interval]));
  const y = scaleLinear(
    [Math.max(0, Math.min(...all) - 3), Math.min(100, Math.max(...all) + 3)],
    [SIZE.height - SIZE.bottom, SIZE.top],
  );
  const x = scaleLinear([0, generations], [axisWidth(y, Y_TICKS), SIZE.width - SIZE.right]);
  const scales = { x, y };
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const what = half === 'held' ? 'unseen combinations' : 'everyday functions';
  return [
    `<svg class="course" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="Percent of ${what} solved, by generation and line">`,
    axisMarks(x, { axis: 'x', at: bottom, ticks: generations, length: bottom - top }),
    axisMarks(y, { axis: 'y', at: left, ticks: Y_TICKS, length: right - left }),
    ...drawn.map((one) => curve(one, half, scales)),
    names(drawn, half, scales),
    `<text class="caption" x="0" y="12">percent of held-out ${what} solved</text>`,
    `<text class="caption" text-anchor="end" x="${SIZE.width - SIZE.right}" y="${SIZE.height - 4}">generation</text>`,
    '</svg>',
  ].join('');
}

interface Scales {
  readonly x: ReturnType<typeof scaleLinear<number, number>>;
  readonly y: ReturnType<typeof scaleLinear<number, number>>;
}

function toneOf(name: string): string {
  return TONES[name] ?? 'other';
}

function curve(one: LineShown, half: Half, { x, y }: Scales): string {
  const points = one[half];
  const at = ({ generation }: Point): number => round(x(generation));
  const path = line<Point>(at, ({ mean }) => round(y(mean)))([...points]) ?? '';
  const band =
    area<Point>()
      .x(at)
      .y0(({ interval: [low] }) => round(y(low)))
      .y1(({ interval: [, high] }) => round(y(high)))([...points]) ?? '';
  const tone = toneOf(one.line);
  const dots = points
    .map((point) => {
      const [low, high] = point.interval.map((bound) => bound.toFixed(1));
      const said = `${one.line}, generation ${point.generation}: ${point.mean.toFixed(1)} % [${low}, ${high}], ${point.n} seeds`;
      return `<circle class="${tone}" cx="${at(point)}" cy="${round(y(point.mean))}" r="3"><title>${escapeHtml(said)}</title></circle>`;
    })
    .join('');
  return `<path class="band ${tone}" d="${band}"/><path class="steps ${tone}" d="${path}"/>${dots}`;
}

/** Beside the ends, kept apart and within the frame. */
function names(lines: readonly LineShown[], half: Half, { x, y }: Scales): string {
  const [, right = 0] = x.range();
  const [bottom = 0] = y.range();
  const ends = lines
    .map((one) => ({ name: one.line, mean: one[half].at(-1)?.mean ?? 0 }))
    .sort((a, b) => b.mean - a.mean);
  let free = Number.NEGATIVE_INFINITY;
  const places = ends.map(({ mean }) => {
    free = Math.max(free + LABEL_HEIGHT, y(mean));
    return free;
  });
  let room = bottom;
  for (let at = places.length - 1; at >= 0; at--) {
    places[at] = Math.min(places[at] as number, room);
    room = (places[at] as number) - LABEL_HEIGHT;
  }
  return ends
    .map(
      ({ name, mean }, at) =>
        `<text class="label ${toneOf(name)}" x="${round(right + 8)}" y="${round((places[at] as number) + 4)}">${escapeHtml(name)} ${mean.toFixed(1)}</text>`,
    )
    .join('');
}
