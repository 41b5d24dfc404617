/**
 * A learned grammar with a share of the one it started from, so that what training tasks rarely used stays
 * within reach on others (recursion2.md §3.4).
 */
import type { Grammar } from './costs.ts';
import type { Language } from './language.ts';

export interface Mixture {
  /** Language and grammar of the start; its primitives come first in the learned language. */
  readonly start: { readonly language: Language; readonly grammar: Grammar };
  /** Share of the start, 0 to 1. */
  readonly share: number;
}

/** What the start gives each of its own primitives beneath an abstraction that it does not know. */
const BENEATH_LEARNED = 2 ** -4;

/** Per edge; abstractions learned since have nothing from the start. */
export function mixed(
  { primitives }: Language,
  learned: Grammar,
  { start, share }: Mixture,
): Grammar {
  const known = start.language.primitives.length;
  return primitives.map(({ args }, parent) =>
    args.map((wanted, slot) => {
      const row = learned[parent]?.[slot] as Float64Array;
      return row.map((probability, child) => {
        if (primitives[child]?.type !== wanted) return 0;
        const atFirst =
          parent < known ? (start.grammar[parent]?.[slot]?.[child] ?? 0) : BENEATH_LEARNED;
        return (1 - share) * probability + share * (child < known ? atFirst : 0);
      });
    }),
  );
}
