/** What the seeds say together: shares solved with their intervals, and differences seed by seed. */
import { publicRoot } from '../../core/rng.ts';
import { bootstrapMean } from '../../stats/bootstrap.ts';
import { mean } from '../../stats/summary.ts';
import { type WonAndLost, wonAndLost } from '../../stats/won-and-lost.ts';
import { LINE_NAMES, type LineName, type Reading, type SeedRun } from './readings.ts';

export type Half = 'held' | 'everyday';

/** Percent. */
export interface Share {
  readonly mean: number;
  /** 95 % percentile bootstrap over seeds. */
  readonly interval: readonly [number, number];
  readonly n: number;
}

export interface Point extends Share {
  readonly generation: number;
}

export interface Difference extends Share, WonAndLost {
  readonly generation: number;
  /** One for each seed, percentage points. */
  readonly pairs: readonly number[];
}

export function shareOf(values: readonly number[], what: string): Share {
  const rng = publicRoot('recursion experiment').stream(-1, what);
  return { mean: mean(values), interval: bootstrapMean(values, { rng }), n: values.length };
}

/** Lines that are read once: what they solve holds for every generation. */
const STANDING: ReadonlySet<LineName> = new Set(['expert', 'longer']);

export function readingAt(run: SeedRun, line: LineName, generation: number): Reading | undefined {
  const readings = run.lines[line] ?? [];
  if (STANDING.has(line)) return readings[0];
  return readings.find((reading) => reading.generation === generation);
}

export function percentOf(run: SeedRun, half: Half, reading: Reading): number {
  const solved = half === 'held' ? (reading.held.at(-1) ?? 0) : reading.everyday;
  return (100 * solved) / run.of[half];
}

/** Per generation that every seed has read. */
export function curveOf(
  runs: readonly SeedRun[],
  line: LineName,
  half: Half = 'held',
): readonly Point[] {
  const generations = runs[0]?.lines[line]?.map(({ generation }) => generation) ?? [];
  return generations.flatMap((generation) => {
    const values = runs.flatMap((run) => {
      const reading = readingAt(run, line, generation);
      return reading === undefined ? [] : [percentOf(run, half, reading)];
    });
    if (values.length < runs.length) return [];
    return [{ generation, ...shareOf(values, `${line} ${half} ${generation}`) }];
  });
}

export function linesIn(runs: readonly SeedRun[]): readonly LineName[] {
  return LINE_NAMES.filter((line) => runs.every((run) => (run.lines[line]?.length ?? 0) > 0));
}

export interface Pairing {
  readonly first: LineName;
  readonly second: LineName;
  readonly half: Half;
  readonly generation: number;
}

/** First less second, seed by seed; undefined where one of them was not read. */
export function differenceOf(
  runs: readonly SeedRun[],
  { first, second, half, generation }: Pairing,
): Difference | undefined {
  const pairs = runs.flatMap((run) => {
    const a = readingAt(run, first, generation);
    const b = readingAt(run, second, generation);
    return a && b ? [percentOf(run, half, a) - percentOf(run, half, b)] : [];
  });
  if (pairs.length === 0 || pairs.length < runs.length) return undefined;
  return differences(pairs, { generation, what: `${first} ${second} ${half} ${generation}` });
}

export function differences(
  pairs: readonly number[],
  { generation, what }: { readonly generation: number; readonly what: string },
): Difference {
  return {
    generation,
    pairs,
    ...wonAndLost(pairs),
    ...shareOf(pairs, what),
  };
}

/** Percent of the texts that a solver solved, one for each seed. */
export function textPercents(
  runs: readonly SeedRun[],
  line: NonNullable<SeedRun['text']>[number]['line'],
): readonly number[] {
  return runs.flatMap(({ text }) =>
    (text ?? []).filter((one) => one.line === line).map(({ solved, of }) => (100 * solved) / of),
  );
}

/** Geometric mean over seeds of candidates to a held-out solution. */
export function effortOf(runs: readonly SeedRun[], line: LineName, generation: number): number {
  const logs = runs.map((run) => Math.log(readingAt(run, line, generation)?.effort ?? Number.NaN));
  return Math.exp(mean(logs));
}

export interface MemoryCut {
  /** Seeds on which memory ended the search that is read. */
  readonly seeds: number;
  /** Mean part of its budget that was spent on those, 0 to 1. */
  readonly share: number;
  /** Held-out tasks without a solution then, over those seeds. */
  readonly unsolved: number;
}

/**
 * Undefined where every search of the line at that generation had its whole budget. The control is made by the search
 * that `longer` is read from, so what that search lacked is lacking there.
 */
export function memoryCut(
  runs: readonly SeedRun[],
  line: LineName,
  generation: number,
): MemoryCut | undefined {
  const cuts = runs.flatMap((run) => {
    const read = readingAt(run, line, generation);
    if (read === undefined) return [];
    const times = line === 'longer' ? run.generations + 1 : 1;
    const long = line === 'control' ? run.lines.longer?.[0] : undefined;
    const shares = [shareSpent(run, read, times), shareSpent(run, long, generation)];
    const share = Math.min(...shares);
    if (share >= 1) return [];
    return [{ share, unsolved: run.of.held - (read.held.at(-1) ?? 0) }];
  });
  if (cuts.length === 0) return undefined;
  return {
    seeds: cuts.length,
    share: mean(cuts.map(({ share }) => share)),
    unsolved: cuts.reduce((sum, one) => sum + one.unsolved, 0),
  };
}

/** Of so many budgets, by a search that memory ended; 1 for any other. */
function shareSpent(
  { budget: { unit, amount } }: SeedRun,
  read: Reading | undefined,
  times: number,
): number {
  if (read === undefined || read.end !== 'memory') return 1;
  return (unit === 'candidates' ? read.candidates : read.cpuMs) / (times * amount);
}
