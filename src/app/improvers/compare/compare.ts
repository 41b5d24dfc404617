/**
 * Does one improver do better than another on tasks neither has seen, with the same budget? Paired by seed, in an
 * order drawn for each, with the lines that are always drawn. The number of seeds is fixed beforehand.
 */
import { type ClaimOverSeeds, claimOverSeeds, sidesOf } from '../../../claims/by-seed.ts';
import { PacelineError } from '../../../core/errors.ts';
import { publicRoot } from '../../../core/rng.ts';
import { shuffled } from '../../../core/shuffled.ts';
import {
  type FamilyRow,
  familyTable,
  type LineSummary,
  pairsOf,
  type SeedReadings,
  summaryOf,
} from '../../../improver/comparison.ts';
import type { SearchBudget } from '../../../improver/recursion/readings.ts';
import { MOST_KEPT, workspace } from '../../../synthesis/workspace.ts';
import { bareSolver } from '../../recursion/lines.ts';
import { pass } from '../../recursion/pass.ts';
import { type KeptImprover, listImprovers } from '../store.ts';
import { type ComparedLine, type Lines, linesOf } from './lines.ts';
import { type Measuring, readLine } from './measure.ts';
import { isGenerator, type Posed, posed } from './tasks.ts';

export interface ComparedImprovers {
  readonly root: string;
  readonly first: KeptImprover;
  readonly second: KeptImprover;
  readonly tasks: string;
  /** One for each pair; of a folder, whose tasks are always the same, one. */
  readonly seeds: readonly number[];
  readonly budget: SearchBudget;
  readonly cpuMs: () => number;
  readonly signal: AbortSignal;
  readonly onLine?: (seed: number, line: string) => Promise<void>;
}

export interface Against extends ClaimOverSeeds {
  readonly against: string;
}

export interface ImproverComparison {
  readonly first: string;
  readonly second: string;
  readonly budget: SearchBudget;
  readonly seeds: readonly SeedReadings[];
  readonly lines: readonly (LineSummary & { readonly about: string })[];
  /** Lines that belong there and were not grown here. */
  readonly missing: readonly string[];
  readonly families: readonly FamilyRow[];
  /** The second against the first, and against every other line. */
  readonly claims: readonly Against[];
}

/** @throws PacelineError USAGE for improvers of two domains, or as tasks and improvers do. */
export async function compareImprovers(asked: ComparedImprovers): Promise<ImproverComparison> {
  const { root, first, second, tasks, budget } = asked;
  refuseIncomparable(asked);
  const lines = linesOf(first, second, { all: listImprovers(root), tasks });
  const measuring = { budget, space: workspace(MOST_KEPT), cpuMs: asked.cpuMs };
  const seeds: SeedReadings[] = [];
  for (const seed of asked.seeds) {
    const improvers = [first, second];
    const at = await posed({ tasks, root, improvers, signal: asked.signal }, seed);
    if (seeds.length === 0) warm(at, measuring);
    seeds.push(await readSeed({ asked, lines, seed }, at, measuring));
  }
  return judged(asked, lines, seeds);
}

function refuseIncomparable({ first, second, tasks, seeds }: ComparedImprovers): void {
  const [a, b] = [first.improver.domain, second.improver.domain];
  if (a !== b)
    throw new PacelineError(
      'USAGE',
      `One improver works on ${a}, the other on ${b}: no task is posed to both. Compare two of one domain.`,
      { first: a, second: b },
    );
  if (!isGenerator(tasks) && seeds.length > 1)
    throw new PacelineError(
      'USAGE',
      `${tasks} holds always the same tasks, so a second seed would measure them again. Use --seeds 1, or a generator of tasks for a claim.`,
      { tasks },
    );
}

/** Candidates thrown away, so that nobody's first search pays for compiling. */
const WARM_UP = 200_000;

function warm({ domain, groups }: Posed, { space, cpuMs }: Measuring): void {
  const [group] = groups;
  if (group === undefined) return;
  const budget = { unit: 'candidates' as const, amount: WARM_UP };
  const parts = { held: [], everyday: [], train: [] };
  pass({ domain, group, parts, budget, space, cpuMs }, bareSolver(domain));
}

interface OfSeed {
  readonly asked: ComparedImprovers;
  readonly lines: Lines;
  readonly seed: number;
}

async function readSeed(
  { asked, lines, seed }: OfSeed,
  at: Posed,
  measuring: Measuring,
): Promise<SeedReadings> {
  const rng = publicRoot('order of a comparison').stream(seed, 'lines');
  const order = shuffled([lines.first, lines.second, ...lines.beside], rng);
  const readings = [];
  for (const line of order) {
    await asked.onLine?.(seed, line.name);
    asked.signal.throwIfAborted();
    readings.push(readLine(line, at, measuring));
  }
  return { seed, known: at.known, lines: readings };
}

function judged(
  { budget }: ComparedImprovers,
  { first, second, beside, missing }: Lines,
  seeds: readonly SeedReadings[],
): ImproverComparison {
  const lines = [first, second, ...beside];
  const others = [first, ...beside];
  return {
    first: first.name,
    second: second.name,
    budget,
    seeds,
    lines: lines.map(({ name, about }) => ({ ...summaryOf(seeds, name), about })),
    missing,
    families: familyTable(seeds),
    claims: others.map((other) => against(seeds, second, other)),
  };
}

function against(seeds: readonly SeedReadings[], one: ComparedLine, other: ComparedLine): Against {
  const pairs = pairsOf(seeds, one.name, other.name);
  return { against: other.name, ...claimOverSeeds(pairs, sidesOf(one.name, other.name)) };
}
