/** What a lineage grows on: the tasks it learns from, those that only judge it, and the claims on fresh ones. */
import { resolve } from 'node:path';
import { claimOverSeeds, FEWEST_SEEDS } from '../../claims/by-seed.ts';
import { PacelineError } from '../../core/errors.ts';
import { publicRoot } from '../../core/rng.ts';
import { drawnWithout } from '../../core/shuffled.ts';
import { type LineReading, percentOf } from '../../improver/comparison.ts';
import { VALIDATION_SHARE } from '../../improver/promotion.ts';
import type { SearchBudget } from '../../improver/recursion/readings.ts';
import { solverOf } from '../../improver/solver.ts';
import { exactMcNemar } from '../../stats/mcnemar.ts';
import { mean } from '../../stats/summary.ts';
import { wonAndLost } from '../../stats/won-and-lost.ts';
import type { Workspace } from '../../synthesis/workspace.ts';
import { type Ground, logsToSolve, partsOf, pass } from '../recursion/pass.ts';
import { generateTaskSet } from '../task-sets/generate.ts';
import { type CheckedTaskSet, readTaskSet } from '../task-sets/read.ts';
import type { TaskGroup } from '../task-sets/schema.ts';
import { readLine } from './compare/measure.ts';
import { isGenerator, knownAmong, posed, TASK_FLAGS } from './compare/tasks.ts';
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
  const fold = publicRoot(`validation ${seed}`).stream(-1, 'fold');
  const validation = drawnWithout(train, Math.round(VALIDATION_SHARE * train.length), fold);
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

/** Claims on tasks that are fresh at each call: seeds follow from the two and from how often they were compared. */
export function freshClaims(
  asked: TasksAsked,
  { group }: Pick<Ground, 'group'>,
  seeds: number,
): (first: KeptImprover, second: KeptImprover) => Promise<GenerationClaim> {
  const asks = new Map<string, number>();
  return async (first, second) => {
    const two = [first, second] as const;
    const pair = `${first.id} ${second.id}`;
    const ask = asks.get(pair) ?? 0;
    asks.set(pair, ask + 1);
    if (!isGenerator(asked.tasks)) return claimOnTasks(asked, { group, half: ask % 2 }, two);
    const rng = publicRoot(pair).stream(ask, 'fresh seeds');
    return claimOnSeeds(
      asked,
      two,
      Array.from({ length: seeds }, () => rng.u32()),
    );
  };
}

async function claimOnSeeds(
  { root, tasks, signal, ...measuring }: TasksAsked,
  improvers: readonly [KeptImprover, KeptImprover],
  seeds: readonly number[],
): Promise<GenerationClaim> {
  const solvers = improvers.map(({ improver }) => solverOf(improver));
  const pairs: number[] = [];
  let cut = 0;
  for (const seed of seeds) {
    const at = await posed({ tasks, root, improvers, signal }, seed);
    const [a, b] = solvers.map((solver, index) =>
      readLine({ name: String(index), about: '', solver, times: 1 }, at, measuring),
    ) as [LineReading, LineReading];
    pairs.push(percentOf(a) - percentOf(b));
    if (a.cut || b.cut) cut += 1;
  }
  const { finding, interval: _, ...claim } = claimOverSeeds(pairs, SIDES);
  if (cut > 0)
    return {
      ...claim,
      unit: 'seed',
      verdict: 'not-testable',
      words: `no claim: memory ended a search on ${cut} of ${seeds.length} seeds before its budget was spent. Give fewer candidates.`,
    };
  return { ...claim, unit: 'seed', verdict: finding?.verdict ?? 'not-testable' };
}

const SIDES = {
  subject: 'child − parent',
  helped: 'beats its parent',
  hurt: 'is worse than its parent',
};
const SIGN_ALPHA = 0.05;

/**
 * A folder always has the same tasks: one half of those held out is for the claim, the other for its audit. One task
 * is a pair, won by fewer candidates; the exact sign test asks nothing of how differences are spread.
 */
async function claimOnTasks(
  asked: TasksAsked,
  { group, half }: { readonly group: TaskGroup; readonly half: number },
  two: readonly [KeptImprover, KeptImprover],
): Promise<GenerationClaim> {
  // What an ancestor learned in another folder may be held out in this one.
  const { known } = await knownAmong([group], { ...asked, improvers: two }, asked.seed);
  const parts = partsOf(group);
  const ground = { domain: two[0].improver.domain, group, parts, ...asked };
  const tasks = [...parts.held, ...parts.everyday].filter(
    (task, at) => at % 2 === half && !known.has(group.tasks[task]?.name ?? ''),
  );
  const found = two.map(({ improver }) => pass(ground, solverOf(improver)));
  const cut = found.filter(({ searched }) => searched.end === 'memory').length;
  // What is unsolved counts with all there were: whoever memory ended early would seem to need fewer.
  const [a = [], b = []] = found.map((one) => logsToSolve(tasks, one));
  const pairs = tasks.map((_, at) => (b[at] as number) - (a[at] as number));
  const counted = wonAndLost(pairs);
  const { wins, losses, n } = counted;
  const common = { ...counted, unit: 'task', difference: n === 0 ? 0 : mean(pairs) } as const;
  if (n < FEWEST_SEEDS)
    return {
      ...common,
      verdict: 'not-testable',
      words: `no claim under ${FEWEST_SEEDS} tasks: ${n} here`,
    };
  if (cut > 0)
    return {
      ...common,
      verdict: 'not-testable',
      words: `no claim: memory ended ${cut} of the 2 searches before the budget was spent. Give fewer candidates.`,
    };
  const p = exactMcNemar({ first: wins, second: losses });
  const verdict = p > SIGN_ALPHA ? 'no-evidence' : wins > losses ? 'helped' : 'hurt';
  const said = verdict === 'no-evidence' ? 'no evidence' : SIDES[verdict];
  const words = `${said}: fewer candidates on ${wins} tasks, more on ${losses}, of ${n} held-out tasks of this folder (exact sign test, p ${p.toPrecision(2)}); nothing is said of other tasks`;
  return { ...common, verdict, words };
}
