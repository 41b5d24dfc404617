/** What a lineage grows on: the tasks it learns from, those that only judge it, and the claims on fresh ones. */
import { resolve } from 'node:path';
import {
  MOST_FIXED_PAIRS,
  pairedFinding,
  processWords,
  sequentialFinding,
} from '../../claims/process.ts';
import { PacelineError } from '../../core/errors.ts';
import { publicRoot, type Rng } from '../../core/rng.ts';
import { FEWEST_SEEDS } from '../../improver/comparison.ts';
import { VALIDATION_SHARE } from '../../improver/promotion.ts';
import type { SearchBudget } from '../../improver/recursion/readings.ts';
import { solverOf } from '../../improver/solver.ts';
import type { Workspace } from '../../synthesis/workspace.ts';
import { type Ground, partsOf, pass } from '../recursion/pass.ts';
import { generateTaskSet } from '../task-sets/generate.ts';
import { type CheckedTaskSet, readTaskSet } from '../task-sets/read.ts';
import type { TaskGroup } from '../task-sets/schema.ts';
import { readLine } from './compare/measure.ts';
import { isGenerator, posed, TASK_FLAGS } from './compare/tasks.ts';
import type { GenerationClaim } from './generation-record.ts';
import type { KeptImprover } from './store.ts';

export interface TasksAsked {
  readonly root: string;
  readonly tasks: string;
  readonly seed: number;
  readonly budget: SearchBudget;
  readonly space: Workspace;
  readonly cpuMs: () => number;
  readonly signal: AbortSignal;
}

export interface LineageGround {
  readonly ground: Ground;
  readonly validation: readonly number[];
  readonly set: CheckedTaskSet;
}

/** @throws PacelineError TASK_SET_INVALID where there is nothing to learn from, or more than one group. */
export async function lineageGround(asked: TasksAsked): Promise<LineageGround> {
  const { root, tasks, seed, budget, space, cpuMs, signal } = asked;
  const set = isGenerator(tasks)
    ? await generateTaskSet({ name: tasks, seed, flags: TASK_FLAGS[tasks] ?? [] }, signal)
    : readTaskSet(resolve(root, tasks));
  const [group, ...more] = set.set.groups;
  if (group === undefined || more.length > 0)
    throw new PacelineError(
      'TASK_SET_INVALID',
      `${tasks} has ${set.set.groups.length} groups of inputs. A solver learns from one enumeration for all its tasks: put them over the same inputs, in one group.`,
      { tasks },
    );
  const { train, ...parts } = partsOf(group);
  const validation = foldOf(train, publicRoot(`validation ${seed}`).stream(-1, 'fold'));
  const learn = train.filter((task) => !validation.includes(task));
  if (learn.length < 2 || validation.length < 1)
    throw new PacelineError(
      'TASK_SET_INVALID',
      `${tasks} has ${train.length} tasks to learn from, and at least 4 are needed: a quarter only judges. Mark more with "split": "train".`,
      { tasks, train: train.length },
    );
  const ground = {
    domain: set.set.domain,
    group,
    parts: { ...parts, train: learn },
    retried: new Set(learn),
    budget,
    space,
    cpuMs,
  };
  return { ground, validation, set };
}

function foldOf(train: readonly number[], rng: Rng): readonly number[] {
  const left = [...train];
  const count = Math.round(VALIDATION_SHARE * train.length);
  return Array.from({ length: count }, () => left.splice(rng.int(left.length), 1)[0] as number);
}

/** Fresh seeds of a generator for each claim, the seed of training not among them. */
const FIRST_FRESH = 10_001;

/** Claims on tasks that are fresh at each call. */
export function freshClaims(
  asked: TasksAsked,
  { group }: Pick<Ground, 'group'>,
  seeds: number,
): (first: KeptImprover, second: KeptImprover) => Promise<GenerationClaim> {
  if (!isGenerator(asked.tasks)) return async (...two) => claimOnTasks(asked, group, two);
  let next = FIRST_FRESH + asked.seed;
  return async (first, second) => {
    const from = next;
    next += seeds;
    return claimOnSeeds(
      asked,
      [first, second],
      Array.from({ length: seeds }, (_, i) => from + i),
    );
  };
}

async function claimOnSeeds(
  { root, tasks, signal, ...measuring }: TasksAsked,
  [first, second]: readonly [KeptImprover, KeptImprover],
  seeds: readonly number[],
): Promise<GenerationClaim> {
  const improvers = [first.improver, second.improver];
  const solvers = improvers.map(solverOf);
  const pairs: number[] = [];
  for (const seed of seeds) {
    const at = await posed({ tasks, root, improvers, signal }, seed);
    const [a = 0, b = 0] = solvers.map((solver, index) => {
      const line = { name: String(index), about: '', solver, times: 1 };
      const { solved, of } = readLine(line, at, measuring);
      return (100 * solved) / of;
    });
    pairs.push(a - b);
  }
  return claimed(pairs, { unit: 'seed', metric: 'percent' });
}

/** Each held-out task of a folder is a pair: how many times as many candidates the second took. */
function claimOnTasks(
  asked: TasksAsked,
  group: TaskGroup,
  two: readonly [KeptImprover, KeptImprover],
): GenerationClaim {
  const { held, everyday } = partsOf(group);
  const ground = { domain: two[0].improver.domain, group, parts: partsOf(group), ...asked };
  const [a, b] = two.map(({ improver }) => pass(ground, solverOf(improver)));
  const effort = (found: typeof a, task: number): number =>
    Math.log(Math.max(1, found?.solved.get(task)?.candidates ?? found?.searched.candidates ?? 1));
  const pairs = [...held, ...everyday].map((task) => effort(b, task) - effort(a, task));
  return claimed(pairs, { unit: 'task', metric: 'ln of candidates' });
}

function claimed(
  pairs: readonly number[],
  { unit, metric }: { readonly unit: GenerationClaim['unit']; readonly metric: string },
): GenerationClaim {
  const n = pairs.length;
  const wins = pairs.filter((pair) => pair > 0).length;
  const losses = pairs.filter((pair) => pair < 0).length;
  const finding = n > 0 && n <= MOST_FIXED_PAIRS ? pairedFinding(pairs) : sequentialFinding(pairs);
  const isEnough = n >= FEWEST_SEEDS;
  const scope = `over ${n} ${unit}s, ${wins} won, ${losses} lost`;
  return {
    verdict: isEnough ? finding.verdict : 'not-testable',
    unit,
    n,
    wins,
    losses,
    difference: finding.difference,
    words: isEnough
      ? processWords(finding, { metric: { unit: metric }, scope, said: SAID })
      : `no claim under ${FEWEST_SEEDS} ${unit}s: ${n} here`,
  };
}

const SAID = { helped: 'beats its parent', hurt: 'is worse than its parent' };
