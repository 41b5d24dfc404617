/** A solver without one of its abstractions: written out wherever it was called, and its costs gone. */
import type { Grammar } from './costs.ts';
import type { Language, Primitive, Term } from './language.ts';
import { language as languageOf } from './language.ts';
import { holeNumber, isHole } from './term.ts';

export interface Ablated {
  readonly language: Language;
  readonly grammar: Grammar;
  /** A term of the old language in the new one. */
  readonly rewrite: (term: Term) => Term;
}

/** Everything that is not `without` keeps its meaning. `without` is an abstraction of the language. */
export function ablated(
  { language, grammar }: { readonly language: Language; readonly grammar: Grammar },
  without: number,
): Ablated {
  const { body } = language.primitives[without] as Primitive;
  const moved = (prim: number): number => (prim > without ? prim - 1 : prim);
  const rewrite = (term: Term): Term => {
    if (isHole(term)) return term;
    const args = term.args.map(rewrite);
    return term.prim === without
      ? filled(rewrite(body as Term), args)
      : { prim: moved(term.prim), args };
  };
  const primitives = language.primitives.filter((_, at) => at !== without);
  return {
    language: languageOf(
      primitives.map((one) => (one.body === undefined ? one : { ...one, body: rewrite(one.body) })),
      language,
    ),
    grammar: grammar
      .filter((_, parent) => parent !== without)
      .map((rows) => rows.map((row) => row.filter((_, child) => child !== without))),
    rewrite,
  };
}

/** The body with its holes replaced. */
export function filled(body: Term, args: readonly Term[]): Term {
  if (isHole(body)) return args[holeNumber(body)] as Term;
  return { prim: body.prim, args: body.args.map((argument) => filled(argument, args)) };
}
