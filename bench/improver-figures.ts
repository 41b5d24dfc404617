/** The recursion experiment as figures with their targets, from what the seeds measured. */
import { type Statement, statementsOf } from '../src/app/recursion/statements.ts';
import { FEWEST_SEEDS } from '../src/claims/by-seed.ts';
import type { LineName, SeedRun, TextLine } from '../src/improver/recursion/readings.ts';
import { LINES, SHARES, TEXT_LINES } from '../src/improver/recursion/readings.ts';
import {
  curveOf,
  differenceOf,
  effortOf,
  type Half,
  linesIn,
  readingAt,
  type Share,
  shareOf,
  textPercents,
} from '../src/improver/recursion/summary.ts';
import type { Figure } from './figure.ts';

/** Of the prototype (reference/recursion2.md §3.2, §4), to be reproduced or beaten. */
const RECURSIVE = { least: 76.6 };
const OVER_CONTROL = { least: 28 };
const TEXT_GAIN = { least: 8 };
const THROUGHPUT = { least: 0.45 };
const MEMORY = { most: 400 };

const NAMES: Readonly<Record<Half, string>> = { held: 'unseen cells', everyday: 'everyday' };

const budgetOf = (runs: readonly SeedRun[]): string => {
  const { amount, unit } = runs[0]?.budget ?? { amount: 0, unit: 'candidates' };
  return unit === 'cpu-ms' ? `${amount} CPU-ms` : `${amount.toLocaleString('en')} candidates`;
};

const interval = ({ interval: [low, high], n }: Share): string =>
  `[${low.toFixed(1)}, ${high.toFixed(1)}] (95 %, ${n} seeds)`;

export function poolFigures(runs: readonly SeedRun[]): readonly Figure[] {
  return [
    ...(['held', 'everyday'] as const).flatMap((half) => curveFigures(runs, half)),
    ...partingFigures(runs),
    ...statementFigures(runs),
    ...earlyFigures(runs),
    ...textFigures(runs),
    ...costFigures(runs),
  ];
}

/** Lines, generation by generation, and what recursion and control part by. */
export function deepFigures(runs: readonly SeedRun[]): readonly Figure[] {
  const named = [...curveFigures(runs, 'held', false), ...partingFigures(runs, false)];
  return named.map((figure) => ({ ...figure, name: `deeper pool, ${figure.name}` }));
}

function curveFigures(runs: readonly SeedRun[], half: Half, isJudged = true): readonly Figure[] {
  if ((runs[0]?.of[half] ?? 0) === 0) return [];
  return linesIn(runs).flatMap((line) => {
    const curve = curveOf(runs, line, half);
    const last = curve.at(-1);
    if (last === undefined) return [];
    const steps = curve.map(({ generation, mean }) => `g${generation} ${mean.toFixed(1)}`);
    const target = isJudged && half === 'held' && line === 'recursive' ? { target: RECURSIVE } : {};
    return [
      {
        name: `${NAMES[half]}, ${line}`,
        value: last.mean,
        unit: `percent solved in ${line === 'longer' ? 'the whole total' : budgetOf(runs)}`,
        ...target,
        note: `${interval(last)}; ${steps.join(' · ')}; ${LINES[line]}`,
      },
    ];
  });
}

function partingFigures(runs: readonly SeedRun[], isJudged = true): readonly Figure[] {
  const { generations = 0 } = runs[0] ?? {};
  const pairing = { first: 'recursive', second: 'control', half: 'held' } as const;
  const steps = Array.from({ length: generations + 1 }, (_, generation) =>
    differenceOf(runs, { ...pairing, generation }),
  ).flatMap((one) => (one ? [one] : []));
  const last = steps.at(-1);
  if (last === undefined) return [];
  const each = steps.map(
    ({ generation, mean, wins, n, interval: [low, high] }) =>
      `g${generation} ${mean.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}], ${wins}/${n} won`,
  );
  return [
    {
      name: 'recursive − control, unseen cells, paired',
      value: last.mean,
      unit: 'points',
      ...(isJudged ? { target: OVER_CONTROL } : {}),
      note: `${each.join(' · ')}${last.n < FEWEST_SEEDS ? `; no claim under ${FEWEST_SEEDS} seeds` : ''}`,
    },
  ];
}

function statementFigures(runs: readonly SeedRun[]): readonly Figure[] {
  return statementsOf(runs).map(({ first, second, on, difference, words }: Statement) => ({
    name: `${first} − ${second}, ${on}`,
    value: difference.mean,
    unit: 'points',
    ...(on === 'texts' && second === 'uniform' ? { target: TEXT_GAIN } : {}),
    note: `${interval(difference)}, ${difference.wins} won, ${difference.losses} lost; ${words}`,
  }));
}

function misledOf(runs: readonly SeedRun[], line: LineName, generation: number): number {
  const percents = runs.map(
    (run) => (100 * (readingAt(run, line, generation)?.misled ?? 0)) / run.of.held,
  );
  return shareOf(percents, `misled ${line}`).mean;
}

/** Before the budget is spent, and candidates to a solution. */
function earlyFigures(runs: readonly SeedRun[]): readonly Figure[] {
  const { generations = 0 } = runs[0] ?? {};
  const lines = (['recursive', 'control', 'costs-only', 'expert-costs', 'oracle'] as const).filter(
    (line) => linesIn(runs).includes(line),
  );
  return lines.map((line) => {
    const shares = SHARES.map((share, at) => {
      const percents = runs.map(
        (run) => (100 * (readingAt(run, line, generations)?.held[at] ?? 0)) / run.of.held,
      );
      return `${100 * share} % of it: ${shareOf(percents, `early ${line} ${share}`).mean.toFixed(0)}`;
    });
    return {
      name: `candidates to an unseen cell’s solution, ${line}, geometric mean`,
      value: Math.round(effortOf(runs, line, generations)),
      unit: 'candidates',
      note: `${misledOf(runs, line, generations).toFixed(1)} percent are unsolved because what fitted the examples failed on hidden inputs; at the start ${Math.round(effortOf(runs, line, 0))}; unsolved counts as all; percent solved in ${shares.join(', ')}`,
    };
  });
}

function textFigures(runs: readonly SeedRun[]): readonly Figure[] {
  return Object.entries(TEXT_LINES).flatMap(([line, note]) => {
    const percents = textPercents(runs, line as TextLine);
    if (percents.length === 0) return [];
    const share = shareOf(percents, `text ${line}`);
    return [
      {
        name: `texts, ${line}`,
        value: share.mean,
        unit: `percent solved in ${line === 'longer' ? 'the whole total' : budgetOf(runs)}`,
        note: `${interval(share)}; ${note}`,
      },
    ];
  });
}

function costFigures(runs: readonly SeedRun[]): readonly Figure[] {
  const all = runs.flatMap(({ lines }) => lines.recursive ?? []);
  const rates = all.map(({ candidates, cpuMs }) => candidates / cpuMs / 1000);
  const of = (line: LineName): number =>
    Math.round(
      runs
        .flatMap(({ lines }) => lines[line] ?? [])
        .reduce((sum, { cpuMs, madeMs }) => sum + cpuMs + madeMs, 0) / runs.length,
    );
  const ends = runs.flatMap(({ lines }) => Object.values(lines).flat());
  return [
    {
      name: 'CPU of one search over all tasks, recursive line',
      value: shareOf(
        all.map(({ cpuMs }) => cpuMs),
        'search',
      ).mean,
      unit: 'CPU-ms',
      note: 'beside every percentage above: what a generation had',
    },
    {
      name: 'throughput, recursive line',
      value: shareOf(rates, 'throughput').mean,
      unit: 'million candidates per CPU-s',
      target: THROUGHPUT,
      note: `least ${Math.min(...rates).toFixed(2)}, most ${Math.max(...rates).toFixed(2)}`,
    },
    {
      name: 'largest resident memory of a seed’s process, lines of one budget',
      value: Math.max(...runs.map(({ peakMb }) => peakMb.lines)),
      unit: 'MB',
      target: MEMORY,
      note: `with the control’s and the longer search of the whole total: ${Math.max(...runs.map(({ peakMb }) => peakMb.all))} MB; ${ends.filter(({ end }) => end === 'memory').length} of ${ends.length} readings ended for memory`,
    },
    {
      name: 'CPU of a recursion, all generations',
      value: of('recursive') / 1000,
      unit: 'CPU-s',
      note: `mining and refitting in it; costs only ${of('costs-only') / 1000}, random ${of('random') / 1000}; all lines of a seed ${(
        shareOf(
          runs.map(({ cpuMs }) => cpuMs / 1000),
          'cpu',
        ).mean
      ).toFixed(1)} CPU-s`,
    },
  ];
}
