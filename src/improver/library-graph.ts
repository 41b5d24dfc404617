/** A library as a graph: what each abstraction calls, what calls it, and what it is in primitives alone. */
import type { Language, Primitive, Term } from '../synthesis/language.ts';
import { holeNumber, isHole, print } from '../synthesis/term.ts';

export interface LibraryNode {
  readonly name: string;
  readonly args: readonly string[];
  readonly type: string;
  /** In terms of the library: `idiv(f0_2(#0), len(#0))`. */
  readonly body: string;
  /** In primitives alone. */
  readonly expanded: string;
  readonly calls: readonly string[];
  readonly calledBy: readonly string[];
  /** 1: calls primitives alone; n: calls one of depth n − 1. */
  readonly depth: number;
}

/** The term with every abstraction written out. */
export function expanded(
  language: Language<string>,
  term: Term,
  holes: readonly Term[] = [],
): Term {
  if (isHole(term)) return holes[holeNumber(term)] ?? term;
  const args = term.args.map((argument) => expanded(language, argument, holes));
  const body = language.primitives[term.prim]?.body;
  return body === undefined ? { prim: term.prim, args } : expanded(language, body, args);
}

function callsOf(language: Language<string>, term: Term): ReadonlySet<string> {
  if (isHole(term)) return new Set();
  const { name, body } = language.primitives[term.prim] as Primitive<string>;
  const within = term.args.flatMap((argument) => [...callsOf(language, argument)]);
  return new Set(body === undefined ? within : [name, ...within]);
}

/** Nodes in the order of the library: none calls a later one. */
export function libraryGraph(language: Language<string>): readonly LibraryNode[] {
  const calls = new Map<string, readonly string[]>();
  const depths = new Map<string, number>();
  const library = language.primitives.filter(({ body }) => body !== undefined);
  for (const { name, body } of library) {
    const called = [...callsOf(language, body as Term)];
    calls.set(name, called);
    depths.set(name, 1 + Math.max(0, ...called.map((one) => depths.get(one) ?? 0)));
  }
  return library.map(({ name, args, type, body }) => ({
    name,
    args,
    type,
    body: print(language, body as Term),
    expanded: print(language, expanded(language, body as Term)),
    calls: calls.get(name) ?? [],
    calledBy: library.map((one) => one.name).filter((one) => calls.get(one)?.includes(name)),
    depth: depths.get(name) ?? 1,
  }));
}
