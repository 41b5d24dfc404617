/**
 * Abstraction mining by the description length truly saved (recursion2.md §1.4).
 *
 * Close kin: DreamCoder (Ellis et al., PLDI 2021), Stitch (Bowers et al., POPL 2023). A pattern saves, at each
 * use, the nodes it replaces but not what its holes hold; its own definition and every hole filled are charged.
 * The naive score, uses times size, prefers patterns with more holes and stalls the recursion.
 */
import type { Language, Primitive, Term, ValueType } from './language.ts';
import { extended } from './language.ts';
import type { Pattern, Source, Subtree } from './patterns.ts';
import { bindings, byRoot, patternsOf, subtreesOf, Terms } from './patterns.ts';
import { size } from './term.ts';

export interface Candidate<T extends string = ValueType> {
  readonly pattern: Pattern<T>;
  /** Nodes fewer in all solutions together, less the definition and the charge for holes. */
  readonly saving: number;
  /** Places it replaces, overlapping ones counted each. */
  readonly uses: number;
  readonly tasks: number;
}

export interface Mining<T extends string = ValueType> {
  /** Abstractions to add at most. */
  readonly most: number;
  /** Picks one of those that two tasks share; undefined: enough. */
  readonly choose: (candidates: readonly Candidate<T>[]) => Candidate<T> | undefined;
  /** Name of the abstraction with this number among those added now. */
  readonly name: (number: number) => string;
  /** Of the solution with this number; absent: each has its own (`subtreesOf`). */
  readonly sourceOf?: (solution: number) => Source;
}

export interface Mined<T extends string = ValueType> {
  readonly language: Language<T>;
  /** Solutions in the larger language. */
  readonly solutions: ReadonlyMap<number, Term>;
  readonly added: readonly { readonly primitive: Primitive<T>; readonly from: Candidate<T> }[];
}

/** Nodes charged for every hole that is filled. */
const HOLE_CHARGE = 1;
/** Saved nodes below which nothing is worth a name. */
const LEAST_SAVING = 0.5;

/** The largest true saving, if it is one. */
export function bestSaving<T extends string>(
  candidates: readonly Candidate<T>[],
): Candidate<T> | undefined {
  const best = candidates.reduce<Candidate<T> | undefined>(
    (so, candidate) => (so === undefined || candidate.saving > so.saving ? candidate : so),
    undefined,
  );
  return best !== undefined && best.saving > LEAST_SAVING ? best : undefined;
}

function judged<T extends string>(pattern: Pattern<T>, group: readonly Subtree[]): Candidate<T> {
  let saving = -pattern.size;
  let uses = 0;
  const tasks = new Set<number>();
  for (const subtree of group) {
    const bound = bindings(pattern.body, subtree.term);
    if (bound === undefined) continue;
    const kept = bound.reduce((nodes, term) => nodes + size(term), 0);
    saving += subtree.uses * (subtree.size - 1 - kept - HOLE_CHARGE * pattern.holes.length);
    uses += subtree.uses;
    for (const task of subtree.tasks) tasks.add(task);
  }
  return { pattern, saving, uses, tasks: tasks.size };
}

/** Every pattern that at least two tasks share. The subtrees' terms come from `terms`. */
export function candidatesIn<T extends string>(
  language: Language<T>,
  subtrees: readonly Subtree[],
  terms: Terms,
): readonly Candidate<T>[] {
  const groups = byRoot(language, subtrees);
  return [...groups.values()].flatMap((group) =>
    patternsOf(language, group, terms)
      .map((pattern) => judged(pattern, group))
      .filter(({ tasks }) => tasks >= 2),
  );
}

/** The solution with every instance of the pattern, outermost first, replaced by a use of `prim`. */
export function rewritten(term: Term, pattern: Term, prim: number): Term {
  const bound = bindings(pattern, term);
  const within = (argument: Term): Term => rewritten(argument, pattern, prim);
  return bound === undefined
    ? { prim: term.prim, args: term.args.map(within) }
    : { prim, args: bound.map(within) };
}

/** Adds abstractions one by one, each mined from solutions that use the ones before. */
export function mine<T extends string>(
  from: Language<T>,
  solutions: ReadonlyMap<number, Term>,
  { most, choose, name, sourceOf }: Mining<T>,
): Mined<T> {
  let mined: Mined<T> = { language: from, solutions, added: [] };
  for (let number = 0; number < most; number++) {
    const terms = new Terms();
    const own = new Map([...mined.solutions].map(([task, term]) => [task, terms.one(term)]));
    const chosen = choose(candidatesIn(mined.language, subtreesOf(own, sourceOf), terms));
    if (chosen === undefined) return mined;
    const { body, holes } = chosen.pattern;
    const type = (mined.language.primitives[body.prim] as Primitive<T>).type;
    const primitive: Primitive<T> = { name: name(number), type, args: holes, body };
    const language = extended(mined.language, [primitive]);
    const prim = language.primitives.length - 1;
    mined = {
      language,
      solutions: new Map([...own].map(([task, term]) => [task, rewritten(term, body, prim)])),
      added: [...mined.added, { primitive, from: chosen }],
    };
  }
  return mined;
}
