/**
 * One generation of the solver (recursion2.md §1.5): it solves tasks, its solutions are mined for
 * abstractions, costs are refit on them, and that is the next solver.
 */
import type { Candidate } from './abstractions.ts';
import { bestSaving, mine } from './abstractions.ts';
import type { Checker } from './check-hidden.ts';
import type { Costs, Grammar } from './costs.ts';
import { costsOf, learnedGrammar } from './costs.ts';
import type { Searched } from './enumerate.ts';
import { enumerate } from './enumerate.ts';
import type { Language, Primitive, Term, Value } from './language.ts';
import type { LookingAhead } from './last-step.ts';
import type { Input } from './memory.ts';
import type { Net } from './net/net.ts';
import { soloCosts } from './net/recognise.ts';
import type { Workspace } from './workspace.ts';

export interface Solver {
  readonly generation: number;
  readonly language: Language;
  readonly grammar: Grammar;
  /** For a task alone: which primitives it is likely to need. */
  readonly net?: Net;
}

export interface SynthesisTask {
  readonly name: string;
  readonly outputs: readonly Value[];
  /** Null where the wanted function is undefined. */
  readonly hiddenOutputs: readonly (Value | null)[];
}

/** Tasks over the same inputs. */
export interface TaskGroup {
  readonly domain: 'numbers' | 'text';
  readonly examples: readonly Input[];
  readonly hidden: readonly Input[];
  readonly tasks: readonly SynthesisTask[];
}

export interface Solution {
  readonly term: Term;
  /** Candidates the search had computed when it was found. */
  readonly candidates: number;
}

export interface Wake {
  readonly searched: Searched;
  /** By place in `group.tasks`; right on the hidden inputs too. */
  readonly solved: ReadonlyMap<number, Solution>;
  /** Fitted the examples and failed on hidden inputs: unsolved. */
  readonly wrong: readonly number[];
}

export interface Waking {
  readonly solver: Solver;
  readonly group: TaskGroup;
  readonly check: Checker;
  readonly goOn: (candidates: number) => boolean;
  /**
   * Tasks whose hidden outputs may be looked at more than once: those that are trained on. Where the first program
   * that fits their examples fails on hidden inputs, later ones are tried.
   */
  readonly retried?: ReadonlySet<number>;
  /** Looks one step ahead (last-step.ts). */
  readonly ahead?: LookingAhead;
}

/** Programs tried for one task. */
const MOST_TRIES = 50;

/**
 * One enumeration for all tasks of the group. A task alone is searched under the costs its net predicts; several are
 * not: half or a quarter of the budget taken from what they share solved fewer of them (docs/decisions/0062).
 */
export function wake(waking: Waking, space: Workspace): Wake {
  const { solver, group, check, goOn, retried, ahead } = waking;
  const solved = new Map<number, Solution>();
  const wrong: number[] = [];
  const tries = new Map<number, number>();
  const again = (task: number, term: Term, candidates: number): void => {
    const tried = tries.get(task) ?? 1;
    if (!retried?.has(task) || solved.has(task) || tried >= MOST_TRIES) return;
    tries.set(task, tried + 1);
    const { hiddenOutputs } = group.tasks[task] as SynthesisTask;
    if (check(term, hiddenOutputs)) solved.set(task, { term, candidates });
  };
  const searched = enumerate(
    {
      language: solver.language,
      domain: group.domain,
      costs: costsFor(waking),
      inputs: group.examples,
      targets: group.tasks.map(({ outputs }) => outputs),
      goOn,
      found: (task, term, candidates) => {
        const { hiddenOutputs } = group.tasks[task] as SynthesisTask;
        if (check(term, hiddenOutputs)) solved.set(task, { term, candidates });
        else wrong.push(task);
      },
      ...(retried === undefined ? {} : { another: again }),
      ...(ahead === undefined ? {} : { ahead }),
    },
    space,
  );
  return { searched, solved, wrong: wrong.filter((task) => !solved.has(task)) };
}

function costsFor({ solver: { language, grammar, net }, group }: Waking): Costs {
  const costs = costsOf(language, grammar);
  const [task, ...more] = group.tasks;
  if (net === undefined || task === undefined || more.length > 0) return costs;
  return soloCosts(task.outputs, costs, { net, language, inputs: group.examples });
}

export interface Sleeping {
  /** Abstractions added at most; 0 refits costs alone. */
  readonly abstractions: number;
  /** Another way to choose among patterns: a control's. */
  readonly choose?: (candidates: readonly Candidate[]) => Candidate | undefined;
  /** Changes the learned grammar, for instance by mixing the start's in. */
  readonly refit?: (language: Language, learned: Grammar) => Grammar;
}

export interface Slept {
  readonly solver: Solver;
  /** The solutions in the next solver's language. */
  readonly solutions: ReadonlyMap<number, Term>;
  readonly added: readonly { readonly primitive: Primitive; readonly from: Candidate }[];
}

/** The next solver. `solutions` are of training tasks only, in this solver's language. */
export function sleep(
  solver: Solver,
  solutions: ReadonlyMap<number, Term>,
  { abstractions, choose = bestSaving, refit = (_, learned) => learned }: Sleeping,
): Slept {
  const {
    language,
    solutions: rewritten,
    added,
  } = mine(solver.language, solutions, {
    most: abstractions,
    choose,
    name: (number) => `f${solver.generation}_${number}`,
  });
  const learned = learnedGrammar(language, [...rewritten.values()]);
  const next = { generation: solver.generation + 1, language, grammar: refit(language, learned) };
  return { solver: next, solutions: rewritten, added };
}
