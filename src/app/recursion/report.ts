/** From what the seeds measured to what is shown, with words that say no more than that. */
import { FEWEST_SEEDS } from '../../claims/by-seed.ts';
import type { Json } from '../../core/json.ts';
import type { LineName, SeedRun, TextLine } from '../../improver/recursion/readings.ts';
import { LINES, TEXT_LINES } from '../../improver/recursion/readings.ts';
import type { LineShown, RecursionReport, TextShown } from '../../improver/recursion/report.ts';
import {
  curveOf,
  differenceOf,
  effortOf,
  linesIn,
  memoryCut,
  shareOf,
  textPercents,
} from '../../improver/recursion/summary.ts';
import { mean } from '../../stats/summary.ts';
import { statementsOf } from './statements.ts';

export function budgetText({ budget: { unit, amount } }: Pick<SeedRun, 'budget'>): string {
  const number = amount.toLocaleString('en');
  return unit === 'cpu-ms' ? `${number} CPU-ms` : `${number} candidates`;
}

/** @param runs at least one, all of the same request. */
export function recursionReport(runs: readonly SeedRun[], wallMs: number): RecursionReport {
  const [first] = runs as readonly [SeedRun];
  const { budget, generations, library = [], example } = first;
  const recursive = runs.flatMap(({ lines }) => lines.recursive ?? []);
  const lines = linesIn(runs).map(
    (line): LineShown => ({
      line,
      what: `${LINES[line]}${cutWords(runs, line)}`,
      held: curveOf(runs, line, 'held'),
      everyday: curveOf(runs, line, 'everyday'),
    }),
  );
  return {
    budget,
    budgetText: budgetText(first),
    generations,
    seeds: runs.map(({ seed }) => seed),
    lines,
    statements: statementsOf(runs).map(({ finding, ...one }) => ({
      ...one,
      ...(finding ? { verdict: finding.verdict } : {}),
    })),
    texts: textsOf(runs),
    library,
    ...(example ? { example } : {}),
    ...wordsOf(runs, lines),
    effort: [effortOf(runs, 'recursive', 0), effortOf(runs, 'recursive', generations)],
    cpuMs: {
      recursion: recursive.reduce((sum, one) => sum + one.cpuMs + one.madeMs, 0) / runs.length,
      seed: mean(runs.map(({ cpuMs }) => cpuMs)),
    },
    throughput: mean(recursive.map(({ candidates, cpuMs }) => candidates / cpuMs / 1000)),
    peakMb: Math.max(...runs.map(({ peakMb }) => peakMb.all)),
    wallMs,
  };
}

/** Beside what a line is, that its last search had less than its budget. */
function cutWords(runs: readonly SeedRun[], line: LineName): string {
  const cut = memoryCut(runs, line, runs[0]?.generations ?? 0);
  if (cut === undefined) return '';
  return ` (memory ended it on ${cut.seeds} of ${runs.length} seeds, with ${Math.round(100 * cut.share)} % of its budget spent and ${cut.unsolved} held-out tasks open)`;
}

function textsOf(runs: readonly SeedRun[]): readonly TextShown[] {
  return Object.entries(TEXT_LINES).flatMap(([line, what]) => {
    const percents = textPercents(runs, line as TextLine);
    return percents.length === 0 ? [] : [{ line, what, share: shareOf(percents, `text ${line}`) }];
  });
}

/** Points that a curve has to rise by to be called rising. */
const A_RISE = 1;

/** The generation after which the mean never rises by a point any more. */
export function flatFrom(means: readonly number[]): number {
  let best = 0;
  means.forEach((value, at) => {
    if (value > (means[best] ?? 0) + A_RISE) best = at;
  });
  return best;
}

type Words = Pick<RecursionReport, 'shown' | 'notShown' | 'everyday'>;

function wordsOf(runs: readonly SeedRun[], lines: readonly LineShown[]): Words {
  const [{ generations }] = runs as readonly [SeedRun];
  const held = (line: LineName): LineShown['held'] =>
    lines.find((one) => one.line === line)?.held ?? [];
  const percent = (value: number | undefined): string => `${(value ?? Number.NaN).toFixed(1)} %`;
  const own = held('recursive');
  const control = held('control').at(-1);
  const unfed = control
    ? ` With the same total, but without feeding improvements back: ${percent(control.mean)}.`
    : '';
  const flat = flatFrom(own.map((point) => point.mean));
  const n = runs.length;
  return {
    shown: [
      'Generation k of the solver solved the tasks whose solutions became generation k+1.',
      `On combinations it never trained on it solves ${percent(own.at(-1)?.mean)} within ${budgetText(runs[0] as SeedRun)} for all tasks together, from ${percent(own[0]?.mean)} at the start.${unfed}`,
    ],
    notShown: [
      ...(n < FEWEST_SEEDS
        ? [
            `A claim: ${n} ${n === 1 ? 'seed is' : 'seeds are'} fewer than ${FEWEST_SEEDS}. Intervals describe these seeds.`,
          ]
        : []),
      flat < generations
        ? `Open-ended growth: from generation ${flat} on the curve does not rise by a point any more.`
        : 'Open-ended growth: the curve was still rising when it ended, and nobody looked further.',
      'That it holds outside a pool that is made of parts which recur: reuse is what a library needs. Pool, language and expert lines are ours.',
    ],
    everyday: everydayWords(runs),
  };
}

/** Of the library's part in everyday functions, as the figures have it. */
function everydayWords(runs: readonly SeedRun[]): string {
  const [{ generations: generation }] = runs as readonly [SeedRun];
  const beyond = differenceOf(runs, {
    first: 'recursive',
    second: 'costs-only',
    half: 'everyday',
    generation,
  });
  if (beyond === undefined) return 'Not measured beside learned costs.';
  const [low, high] = beyond.interval;
  const points = (value: number): string => value.toFixed(1).replace('-', '−');
  const size = `${points(beyond.mean)} points [${points(low)}, ${points(high)}]`;
  if (low > 0) return `Here, too, a library brings more than learned costs alone: ${size}.`;
  return `A library brings nothing here beyond learned costs: recursive − costs only ${size}. Everyday functions are shallow; no recursion is needed for them.`;
}

/** paceline.recursion/1. */
export function recursionJson(report: RecursionReport): Json {
  return { schema: 'paceline.recursion/1', ...JSON.parse(JSON.stringify(report)) };
}
