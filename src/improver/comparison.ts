/** What paired measurements of solvers say: shares and differences, seed by seed. */
import { publicRoot } from '../core/rng.ts';
import { bootstrapMean } from '../stats/bootstrap.ts';
import { mean } from '../stats/summary.ts';

/** What one line did on one seed's tasks. */
export interface LineReading {
  readonly line: string;
  readonly solved: number;
  readonly of: number;
  /** Solved of how many, by family. */
  readonly families: Readonly<Record<string, readonly [solved: number, of: number]>>;
  /** Geometric mean of candidates to a solution; what is unsolved counts with all there were. */
  readonly effort: number;
  readonly candidates: number;
  readonly cpuMs: number;
  /** Places of the tasks that it solved, among those of the seed. */
  readonly places: readonly number[];
  /** Where memory ended its search before the budget was spent: then the budget was not the same for all. */
  readonly cut?: Cut;
}

export interface Cut {
  /** Of the budget, what was spent: 0 to 1. */
  readonly share: number;
  /** Tasks without a solution then, by family. */
  readonly unsolved: Readonly<Record<string, number>>;
}

export interface SeedReadings {
  readonly seed: number;
  /** Tasks taken out because one of the two was trained on them, whatever they are called. */
  readonly known: number;
  /** What one was trained on and nobody can recognise here: too few inputs are the same, or nothing was recorded. */
  readonly unrecognised: readonly string[];
  /** In the order they were measured. */
  readonly lines: readonly LineReading[];
}

export interface LineSummary {
  readonly line: string;
  /** Percent of held-out tasks solved, mean over seeds and 95 % percentile bootstrap. */
  readonly percent: number;
  readonly interval: readonly [number, number];
  readonly effort: number;
  readonly candidates: number;
  readonly cpuMs: number;
}

export const percentOf = ({ solved, of }: Pick<LineReading, 'solved' | 'of'>): number =>
  (100 * solved) / Math.max(1, of);

const readingOf = ({ lines }: SeedReadings, line: string): LineReading | undefined =>
  lines.find((one) => one.line === line);

export function summaryOf(seeds: readonly SeedReadings[], line: string): LineSummary {
  const readings = seeds.flatMap((one) => readingOf(one, line) ?? []);
  const percents = readings.map(percentOf);
  const rng = publicRoot('comparison of improvers').stream(-1, line);
  return {
    line,
    percent: mean(percents),
    interval: bootstrapMean(percents, { rng }),
    effort: Math.exp(mean(readings.map(({ effort }) => Math.log(Math.max(1, effort))))),
    candidates: mean(readings.map(({ candidates }) => candidates)),
    cpuMs: mean(readings.map(({ cpuMs }) => cpuMs)),
  };
}

/** First less second in percentage points, seed by seed. */
export const pairsOf = (
  seeds: readonly SeedReadings[],
  first: string,
  second: string,
): readonly number[] =>
  seeds.flatMap((one) => {
    const [a, b] = [readingOf(one, first), readingOf(one, second)];
    return a && b ? [percentOf(a) - percentOf(b)] : [];
  });

/** Seeds on which memory ended a line's search early, and the mean share of its budget that was spent on those. */
export function cutsOf(
  seeds: readonly SeedReadings[],
  line: string,
): { readonly seeds: number; readonly share: number; readonly unsolved: Cut['unsolved'] } {
  const cuts = seeds.flatMap((one) => readingOf(one, line)?.cut ?? []);
  const unsolved: Record<string, number> = {};
  for (const [family, count] of cuts.flatMap((cut) => Object.entries(cut.unsolved)))
    unsolved[family] = (unsolved[family] ?? 0) + count;
  const share = cuts.length === 0 ? 1 : mean(cuts.map((cut) => cut.share));
  return { seeds: cuts.length, share, unsolved };
}

/** Of the tasks of all seeds: those that only the first solved, and those that only the second did. */
export function discordant(
  seeds: readonly SeedReadings[],
  first: string,
  second: string,
): { readonly first: number; readonly second: number; readonly of: number } {
  let [only, other, of] = [0, 0, 0];
  for (const one of seeds) {
    const [a, b] = [readingOf(one, first), readingOf(one, second)];
    if (a === undefined || b === undefined) continue;
    only += a.places.filter((place) => !b.places.includes(place)).length;
    other += b.places.filter((place) => !a.places.includes(place)).length;
    of += a.of;
  }
  return { first: only, second: other, of };
}

export interface FamilyRow {
  readonly family: string;
  /** Solved of how many, over all seeds, by line. */
  readonly solved: Readonly<Record<string, readonly [number, number]>>;
}

export function familyTable(seeds: readonly SeedReadings[]): readonly FamilyRow[] {
  const rows = new Map<string, Record<string, readonly [number, number]>>();
  for (const { line, families } of seeds.flatMap(({ lines }) => lines))
    for (const [family, [solved, of]] of Object.entries(families)) {
      const row = rows.get(family) ?? {};
      const [before, all] = row[line] ?? [0, 0];
      row[line] = [before + solved, all + of];
      rows.set(family, row);
    }
  return [...rows].map(([family, solved]) => ({ family, solved }));
}
