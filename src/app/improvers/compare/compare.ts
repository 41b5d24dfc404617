/**
 * Does one improver do better than another on tasks neither has seen, with the same budget? Paired by seed, in an
 * order drawn for each, with the lines that are always drawn. The number of seeds is fixed beforehand.
 */
import { PacelineError } from '../../../core/errors.ts';
import { publicRoot } from '../../../core/rng.ts';
import { shuffled } from '../../../core/shuffled.ts';
import type { SeedReadings } from '../../../improver/comparison.ts';
import type { SearchBudget } from '../../../improver/recursion/readings.ts';
import { MOST_KEPT, workspace } from '../../../synthesis/workspace.ts';
import { bareSolver } from '../../recursion/lines.ts';
import { pass } from '../../recursion/pass.ts';
import { type KeptImprover, listImprovers } from '../store.ts';
import { type Findings, findingsOf } from './findings.ts';
import type { Journal } from './journal.ts';
import { type Lines, linesOf } from './lines.ts';
import { type Measuring, readLine } from './measure.ts';
import type { ComparisonPlan } from './plan.ts';
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
  /** Folder of a pool whose seal is open; `seeds` has the one of its secret line. */
  readonly sealed?: string;
  /** Told what is planned before anything is measured, and what came of it. */
  readonly journal?: Journal;
}

export interface ImproverComparison extends Findings {
  readonly first: string;
  readonly second: string;
  readonly budget: SearchBudget;
  /** What a pair is. */
  readonly pairs: ComparisonPlan['pairs'];
  readonly seeds: readonly SeedReadings[];
  /** Lines that belong there and were not grown here. */
  readonly missing: readonly string[];
}

/** @throws PacelineError USAGE for improvers of two domains, or as tasks and improvers do. */
export async function compareImprovers(asked: ComparedImprovers): Promise<ImproverComparison> {
  const { root, first, second, tasks, budget } = asked;
  refuseIncomparable(asked);
  const lines = linesOf(first, second, { all: listImprovers(root), tasks });
  const plan = planOf(asked, lines);
  asked.journal?.planned(plan);
  const measuring = { budget, space: workspace(MOST_KEPT), cpuMs: asked.cpuMs };
  const { sealed, signal } = asked;
  const posing = { tasks, root, signal, ...(sealed ? { sealed } : {}) };
  const seeds: SeedReadings[] = [];
  for (const seed of asked.seeds) {
    const at = await posed({ ...posing, improvers: [first, second] }, seed);
    if (seeds.length === 0) warm(at, measuring);
    seeds.push(await readSeed({ asked, lines, seed }, at, measuring));
  }
  const findings = findingsOf(plan, seeds);
  asked.journal?.measured(seeds, findings);
  const { pairs, missing } = plan;
  const names = { first: lines.first.name, second: lines.second.name };
  return { ...names, budget, pairs, seeds, missing, ...findings };
}

function planOf(
  { first, second, tasks, budget, seeds, sealed }: ComparedImprovers,
  lines: Lines,
): ComparisonPlan {
  const told = ({ name, about, times }: Lines['first']) => ({ line: name, about, times });
  return {
    first: { id: first.id, ...told(lines.first) },
    second: { id: second.id, ...told(lines.second) },
    beside: lines.beside.map(told),
    missing: [...lines.missing],
    tasks,
    pairs: sealed === undefined ? 'seed' : 'task',
    // A sealed one is told with the result.
    seeds: sealed === undefined ? [...seeds] : [],
    budget,
  };
}

function refuseIncomparable({ first, second, tasks, seeds, sealed }: ComparedImprovers): void {
  const [a, b] = [first.improver.domain, second.improver.domain];
  if (a !== b)
    throw new PacelineError(
      'USAGE',
      `One improver works on ${a}, the other on ${b}: no task is posed to both. Compare two of one domain.`,
      { first: a, second: b },
    );
  if (sealed === undefined && !isGenerator(tasks) && seeds.length > 1)
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
  return { seed, known: at.known, unrecognised: at.unrecognised, lines: readings };
}
