/**
 * What the net learns from: programs the solver's own search kept, each with what it computes ("dreams", Ellis
 * et al., DreamCoder, PLDI 2021), and solved training tasks. No held-out task is needed.
 */
import type { Rng } from '../../core/rng.ts';
import { drawnWithout } from '../../core/shuffled.ts';
import type { Searched } from '../enumerate.ts';
import type { Term, Value } from '../language.ts';

export interface Dream {
  readonly term: Term;
  readonly outputs: readonly Value[];
}

/** Programs drawn at most (recursion2.md §5). */
export const MOST_DREAMS = 9_000;

/** Random programs with an integer or a list as value; read before the search's workspace is used again. */
export function dreamsOf(searched: Searched, rng: Rng, most = MOST_DREAMS): readonly Dream[] {
  const ids: number[] = [];
  for (let id = 0; id < searched.kept; id++) {
    const type = searched.type(id);
    if (type === 'I' || type === 'L') ids.push(id);
  }
  return drawnWithout(ids, most, rng).map((id) => ({
    term: searched.term(id),
    outputs: searched.outputs(id),
  }));
}

/** Primitives a program is made of, each once, ascending. */
export function primitivesOf(term: Term): readonly number[] {
  const used = new Set<number>();
  const visit = ({ prim, args }: Term): void => {
    used.add(prim);
    args.forEach(visit);
  };
  visit(term);
  return [...used].sort((a, b) => a - b);
}
