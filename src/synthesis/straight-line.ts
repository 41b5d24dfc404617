/**
 * An abstraction as a straight line of steps: nested abstractions written out, equal subterms computed once.
 */
import type { Language, Term } from './language.ts';
import { holeNumber, isHole } from './term.ts';

/** Where a step reads: hole h of the abstraction, the result of step s, or a primitive without arguments. */
export type Source =
  | { readonly hole: number }
  | { readonly step: number }
  | { readonly constant: number };

export interface Step {
  readonly prim: number;
  readonly from: readonly Source[];
}

const keyOf = (source: Source): string => Object.entries(source).flat().join('');

/** Steps in the order they are computed; the last one's result is the abstraction's. */
export function straightLine(language: Language, body: Term): readonly Step[] {
  const steps: Step[] = [];
  const known = new Map<string, number>();
  const compute = (term: Term, holes: readonly Source[]): Source => {
    if (isHole(term)) return holes[holeNumber(term)] as Source;
    const from = term.args.map((argument) => compute(argument, holes));
    const inner = language.primitives[term.prim]?.body;
    if (inner !== undefined) return compute(inner, from);
    if (from.length === 0) return { constant: term.prim };
    const key = `${term.prim}(${from.map(keyOf).join()})`;
    const before = known.get(key);
    if (before !== undefined) return { step: before };
    known.set(key, steps.length);
    steps.push({ prim: term.prim, from });
    return { step: steps.length - 1 };
  };
  compute(
    body,
    [0, 1, 2].map((number) => ({ hole: number })),
  );
  return steps;
}
