/**
 * What programs have in common: their subtrees, and the patterns two of them share
 * (anti-unification: Plotkin 1970, Reynolds 1970).
 */
import type { Language, Primitive, Term, ValueType } from './language.ts';
import { hole, holeNumber, isHole, size } from './term.ts';

/** A subtree of solutions, once, however often it occurs. */
export interface Subtree {
  readonly term: Term;
  readonly size: number;
  /** Places in all solutions. */
  readonly uses: number;
  /** Tasks in whose solution it occurs. */
  readonly tasks: ReadonlySet<number>;
}

export interface Pattern<T extends string = ValueType> {
  readonly body: Term;
  readonly holes: readonly T[];
  readonly size: number;
}

/** Holes a pattern may have. */
const MOST_HOLES = 3;
/** Subtrees with one root that are compared pair by pair. */
const MOST_PER_ROOT = 140;

/** Equal terms are one object afterwards, so that they are compared by identity. */
export class Terms {
  private readonly known = new Map<string, Term>();
  private readonly ids = new Map<Term, number>();

  one(term: Term): Term {
    const args = term.args.map((argument) => this.one(argument));
    const key = `${term.prim}(${args.map((argument) => this.id(argument)).join()})`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const made = { prim: term.prim, args };
    this.known.set(key, made);
    this.ids.set(made, this.ids.size);
    return made;
  }

  /** Of a term that `one` returned. */
  id(term: Term): number {
    return this.ids.get(term) as number;
  }
}

interface Counting {
  readonly term: Term;
  readonly size: number;
  uses: number;
  readonly tasks: Set<number>;
}

/** Where a solution comes from. */
export interface Source {
  readonly task: number;
  /** Solutions of one search are relatives: a subtree they share was inherited, and is one place. */
  readonly search: number;
}

/**
 * All subtrees of at least two nodes, those of most tasks first. `solutions` come from `Terms.one`.
 *
 * @param sourceOf absent: each solution is the only one of a task of its own, and counts with every place.
 */
export function subtreesOf(
  solutions: ReadonlyMap<number, Term>,
  sourceOf?: (solution: number) => Source,
): readonly Subtree[] {
  const counts = new Map<Term, Counting>();
  const met = new Map<number, Set<Term>>();
  const count = (term: Term, task: number, relatives?: Set<Term>): void => {
    if (term.args.length === 0 || relatives?.has(term)) return;
    relatives?.add(term);
    const entry = counts.get(term) ?? { term, size: size(term), uses: 0, tasks: new Set<number>() };
    counts.set(term, entry);
    entry.uses += 1;
    entry.tasks.add(task);
    for (const argument of term.args) count(argument, task, relatives);
  };
  for (const [solution, term] of solutions) {
    const source = sourceOf?.(solution);
    if (source === undefined) {
      count(term, solution);
      continue;
    }
    const relatives = met.get(source.search) ?? new Set<Term>();
    met.set(source.search, relatives);
    count(term, source.task, relatives);
  }
  return [...counts.values()].sort((a, b) => b.tasks.size - a.tasks.size);
}

/** By primitive at the root: those of a type that no abstraction may have make no pattern. */
export function byRoot<T extends string>(
  language: Language<T>,
  subtrees: readonly Subtree[],
): Map<number, Subtree[]> {
  const groups = new Map<number, Subtree[]>();
  for (const subtree of subtrees) {
    const type = language.primitives[subtree.term.prim]?.type;
    if (type === undefined || !language.abstracted.has(type)) continue;
    const group = groups.get(subtree.term.prim);
    if (group === undefined) groups.set(subtree.term.prim, [subtree]);
    else if (group.length < MOST_PER_ROOT) group.push(subtree);
  }
  return groups;
}

/** The most specific pattern both are instances of; inputs are always holes. Undefined beyond three holes. */
function shared<T extends string>(
  language: Language<T>,
  pair: readonly [Term, Term],
  inputs: ReadonlySet<number | undefined>,
): Pattern<T> | undefined {
  const types: T[] = [];
  const found = new Map<Term, Map<Term, Term>>();
  const holeFor = (a: Term, b: Term, type: T): Term => {
    const withA = found.get(a) ?? new Map<Term, Term>();
    found.set(a, withA);
    const made = withA.get(b) ?? hole(types.length);
    if (!withA.has(b)) types.push(type);
    withA.set(b, made);
    return made;
  };
  const meet = (a: Term, b: Term, type: T): Term => {
    if (a.prim !== b.prim || inputs.has(a.prim)) return holeFor(a, b, type);
    const { args } = language.primitives[a.prim] as Primitive<T>;
    return {
      prim: a.prim,
      args: a.args.map((argument, slot) => meet(argument, b.args[slot] as Term, args[slot] as T)),
    };
  };
  const body = meet(...pair, language.primitives[pair[0].prim]?.type as T);
  if (types.length === 0 || types.length > MOST_HOLES) return undefined;
  return { body, holes: types, size: size(body) };
}

/** Every distinct pattern of a group: each member with its input made a hole, and each pair. */
export function patternsOf<T extends string>(
  language: Language<T>,
  group: readonly Subtree[],
  terms: Terms,
): readonly Pattern<T>[] {
  const patterns = new Map<Term, Pattern<T>>();
  const inputs = new Set([...language.inputs].map((name) => language.index.get(name)));
  group.forEach((a, at) => {
    for (const b of group.slice(at)) {
      const pattern = shared(language, [a.term, b.term], inputs);
      if (pattern === undefined) continue;
      const body = terms.one(pattern.body);
      if (!patterns.has(body)) patterns.set(body, { ...pattern, body });
    }
  });
  return [...patterns.values()];
}

/** What the holes stand for where `term` is an instance; undefined where it is none. Terms come from one `Terms`. */
export function bindings(pattern: Term, term: Term): readonly Term[] | undefined {
  const bound: Term[] = [];
  const fits = (at: Term, against: Term): boolean => {
    if (isHole(at)) {
      const number = holeNumber(at);
      bound[number] ??= against;
      return bound[number] === against;
    }
    return (
      at.prim === against.prim &&
      at.args.every((argument, slot) => fits(argument, against.args[slot] as Term))
    );
  };
  return fits(pattern, term) ? bound : undefined;
}
