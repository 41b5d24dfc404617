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

/** Undefined where the generation has nothing new. */
export function mechanismOf(
  solver: Solver,
  given: Parameters<typeof predicted>[1],
): Mechanism | undefined {
  const [most] = predicted(solver, given);
  if (most === undefined) return undefined;
  const { name } = solver.language.primitives[most.prim] as { name: string };
  return {
    without: [name],
    metric: EFFORT,
    sign: most.size >= SMALLEST ? 'worse' : 'same',
    size: most.size,
    because: `Training solutions that call ${name} would be dearer without it, and the search meets dearer programs later.`,
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
