/** One search over all tasks of a pool, and what is read off it. */
import type { Reading, SearchBudget } from '../../improver/recursion/readings.ts';
import { SHARES } from '../../improver/recursion/readings.ts';
import { mean } from '../../stats/summary.ts';
import { checkerOf } from '../../synthesis/check-hidden.ts';
import type { Searched } from '../../synthesis/enumerate.ts';
import type { Solution, Solver } from '../../synthesis/generation.ts';
import { wake } from '../../synthesis/generation.ts';
import type { Term } from '../../synthesis/language.ts';
import { AHEAD } from '../../synthesis/last-step.ts';
import type { Workspace } from '../../synthesis/workspace.ts';
import type { TaskGroup } from '../task-sets/schema.ts';

/** Places of tasks in their group. */
export interface Parts {
  readonly held: readonly number[];
  readonly everyday: readonly number[];
  readonly train: readonly number[];
}

export interface Ground {
  readonly domain: 'numbers' | 'text';
  readonly group: TaskGroup;
  readonly parts: Parts;
  readonly budget: SearchBudget;
  readonly space: Workspace;
  /** Training tasks of which later programs are tried too (synthesis/generation.ts). */
  readonly retried?: ReadonlySet<number>;
  /** CPU time of the process so far, milliseconds. */
  readonly cpuMs: () => number;
  /** Told of the search while its programs can be read. */
  readonly onSearched?: (searched: Searched) => void;
}

export interface Pass {
  readonly solved: ReadonlyMap<number, Solution>;
  /** Fitted the examples and failed on hidden inputs. */
  readonly wrong: readonly number[];
  readonly searched: Pick<Searched, 'candidates' | 'kept' | 'cost' | 'end'>;
  /** Candidates computed when the budget had been spent once, twice, …: shorter where the search ended before. */
  readonly marks: readonly number[];
  readonly cpuMs: number;
}

export const EVERYDAY = 'everyday';

export function partsOf({ tasks }: TaskGroup): Parts {
  const places = (is: (task: TaskGroup['tasks'][number]) => boolean): readonly number[] =>
    [...tasks.keys()].filter((at) => is(tasks[at] as TaskGroup['tasks'][number]));
  return {
    held: places(({ split, family }) => split === 'held-out' && family !== EVERYDAY),
    everyday: places(({ split, family }) => split === 'held-out' && family === EVERYDAY),
    train: places(({ split }) => split === 'train'),
  };
}

/** Searches until the budget is spent so many times; for a task alone also one step ahead. */
export function pass(ground: Ground, solver: Solver, times = 1): Pass {
  const { domain, group, budget, space, cpuMs, retried } = ground;
  const isAlone = group.tasks.length === 1;
  const began = cpuMs();
  const marks: number[] = [];
  const spent = (candidates: number): number =>
    budget.unit === 'candidates' ? candidates : cpuMs() - began;
  const { searched, solved, wrong } = wake(
    {
      solver,
      group: { ...group, domain },
      check: checkerOf(solver.language, group.hidden),
      ...(retried ? { retried } : {}),
      ...(isAlone ? { ahead: AHEAD } : {}),
      goOn: (candidates) => {
        while (marks.length < times && spent(candidates) >= (marks.length + 1) * budget.amount)
          marks.push(candidates);
        return marks.length < times;
      },
    },
    space,
  );
  ground.onSearched?.(searched);
  const { candidates, kept, cost, end } = searched;
  const summary = { candidates, kept, cost, end };
  return { solved, wrong, searched: summary, marks, cpuMs: cpuMs() - began };
}

/** Solutions of training tasks found within so many candidates. */
export function trainingSolutions(
  { parts }: Ground,
  { solved }: Pass,
  within = Number.POSITIVE_INFINITY,
): ReadonlyMap<number, Term> {
  return new Map(
    parts.train.flatMap((task) => {
      const solution = solved.get(task);
      return solution !== undefined && solution.candidates <= within ? [[task, solution.term]] : [];
    }),
  );
}

type Found = Pick<Pass, 'solved'> & { readonly searched: Pick<Searched, 'candidates'> };

/** Logarithms of the candidates until each task was solved; what is unsolved counts with all there were, or `most`. */
export function logsToSolve(
  tasks: readonly number[],
  { solved, searched }: Found,
  most = searched.candidates,
): readonly number[] {
  return tasks.map((task) =>
    Math.log(Math.max(1, Math.min(most, solved.get(task)?.candidates ?? most))),
  );
}

/** Geometric mean of candidates to a solution. */
export const effortOf = (logs: readonly number[]): number => Math.exp(mean(logs));

type Read = Pick<Reading, 'generation' | 'madeMs' | 'abstractions'>;

export function reading({ parts }: Ground, found: Pass, said: Read): Reading {
  const { solved, wrong, searched, cpuMs } = found;
  const { candidates: all } = searched;
  const taken = (task: number): number => solved.get(task)?.candidates ?? Number.POSITIVE_INFINITY;
  const solvedIn = (tasks: readonly number[], limit = all): number =>
    tasks.filter((task) => taken(task) <= limit).length;
  const failed = new Set(wrong);
  return {
    ...said,
    held: SHARES.map((share) => solvedIn(parts.held, share * all)),
    everyday: solvedIn(parts.everyday),
    train: solvedIn(parts.train),
    misled: parts.held.filter((task) => failed.has(task)).length,
    effort: Math.round(effortOf(logsToSolve(parts.held, found))),
    candidates: all,
    kept: searched.kept,
    end: searched.end,
    cpuMs: Math.round(cpuMs),
  };
}
