/**
 * Why a generation should be better, as a statement that an ablation can contradict: this abstraction taken out,
 * the search for a held-out solution takes so many times as long.
 *
 * The size is derived, not guessed. A program's cost under the costs of the generation says when the search meets
 * it; without the abstraction the same program costs more, and the candidates up to a cost grow exponentially at a
 * rate that the search itself shows: ln(candidates) ÷ cost reached.
 */
import { ablated } from '../synthesis/ablation.ts';
import { type Costs, costsOf } from '../synthesis/costs.ts';
import type { Solver } from '../synthesis/generation.ts';
import type { Term } from '../synthesis/language.ts';
import type { Mechanism } from './artifact.ts';

/** Natural logarithm of how many times as many candidates: the unit of prediction and ablation. */
export const EFFORT = 'ln of candidates to solve';

/** Below it the sign is a matter of noise: a tenth as many again. */
const SMALLEST = 0.1;

export function costOf(costs: Costs, term: Term): number {
  return term.args.reduce(
    (sum, argument, slot) =>
      sum + (costs[term.prim]?.[slot]?.[argument.prim] ?? 0) + costOf(costs, argument),
    0,
  );
}

export interface Searching {
  readonly candidates: number;
  readonly cost: number;
}

/**
 * Of each abstraction that is new in `solver` (its number is at least `from`), what taking it out should cost; the
 * largest first. `solutions` are those of training tasks, in the solver's language.
 */
export function predicted(
  solver: Solver,
  {
    from,
    solutions,
    searched,
  }: { readonly from: number; readonly solutions: readonly Term[]; readonly searched: Searching },
): readonly { readonly prim: number; readonly size: number }[] {
  if (solutions.length === 0) return [];
  const rate = Math.log(Math.max(2, searched.candidates)) / Math.max(1, searched.cost);
  const costs = costsOf(solver.language, solver.grammar);
  const now = solutions.map((term) => costOf(costs, term));
  const news = solver.language.primitives.map((_, prim) => prim).slice(from);
  return news
    .map((prim) => {
      const { language, grammar, rewrite } = ablated(solver, prim);
      const without = costsOf(language, grammar);
      const dearer = solutions.map(
        (term, at) => costOf(without, rewrite(term)) - (now[at] as number),
      );
      const mean = dearer.reduce((sum, one) => sum + one, 0) / dearer.length;
      return { prim, size: Math.max(0, mean * rate) };
    })
    .sort((a, b) => b.size - a.size);
}

/** What of a generation without a new abstraction is taken out: its costs, for those of its parent. */
export const COSTS = 'slot:costs';

type Predicting = Parameters<typeof predicted>[1] & {
  /** The parent, whose language it is where no abstraction is new, and its own search. */
  readonly before: { readonly solver: Solver; readonly searched: Searching };
};

/** Undefined where there is no solution to say it of. */
export function mechanismOf(solver: Solver, given: Predicting): Mechanism | undefined {
  const [most] = predicted(solver, given);
  if (most === undefined) return costsMechanism(solver, given);
  const { name } = solver.language.primitives[most.prim] as { name: string };
  return {
    without: [name],
    metric: EFFORT,
    sign: most.size >= SMALLEST ? 'worse' : 'same',
    size: most.size,
    because: `Training solutions that call ${name} would be dearer without it, and the search meets dearer programs later.`,
  };
}

/**
 * Each search has a rate of its own, so what is compared is the logarithm of the candidates at which each would meet
 * the same programs. The costs may turn out to help nothing: the sign is what the figures say.
 */
function costsMechanism(
  { language, grammar }: Solver,
  { solutions, searched, before }: Predicting,
): Mechanism | undefined {
  if (solutions.length === 0) return undefined;
  const met = (costs: Costs, { candidates, cost }: Searching): number => {
    const sum = solutions.reduce((all, term) => all + costOf(costs, term), 0);
    return (sum / solutions.length) * (Math.log(Math.max(2, candidates)) / Math.max(1, cost));
  };
  const later =
    met(costsOf(language, before.solver.grammar), before.searched) -
    met(costsOf(language, grammar), searched);
  const size = Math.abs(later);
  return {
    without: [COSTS],
    metric: EFFORT,
    sign: size < SMALLEST ? 'same' : later > 0 ? 'worse' : 'better',
    size,
    because: `With the costs of its parent the search would meet the training solutions ${later > 0 ? 'later' : 'no later'}.`,
  };
}

export interface ScoredMechanism {
  /** In the unit of the prediction; positive: worse without it. */
  readonly measured: number;
  readonly isSignRight: boolean;
  /** Measured less predicted. */
  readonly error: number;
}

export function scored({ sign, size }: Mechanism, measured: number): ScoredMechanism {
  const found = measured >= SMALLEST ? 'worse' : measured <= -SMALLEST ? 'better' : 'same';
  return {
    measured,
    isSignRight: found === sign,
    error: measured - (sign === 'better' ? -size : size),
  };
}
