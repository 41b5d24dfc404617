/** Programs as trees: size, printing, and the JSON form they are stored in. */
import { PacelineError } from '../core/errors.ts';
import type { Language, Primitive, Term } from './language.ts';
import { primitiveNamed } from './language.ts';

/** `"L"`, `["map", "inc", "L"]`; a hole is `"#0"`. */
export type StoredTerm = string | readonly [string, ...StoredTerm[]];

export const HOLE = /^#(\d)$/;
export const hole = (number: number): Term => ({ prim: -1 - number, args: [] });
export const isHole = (term: Term): boolean => term.prim < 0;
export const holeNumber = (term: Term): number => -1 - term.prim;

/** Nodes of the tree. */
export const size = (term: Term): number =>
  term.args.reduce((nodes, argument) => nodes + size(argument), 1);

/** What of a language names its terms. */
type Named = Language<string>;

const nameOf = (language: Named, term: Term): string =>
  isHole(term) ? `#${holeNumber(term)}` : (language.primitives[term.prim]?.name ?? '?');

/** `map(inc, L)`. */
export function print(language: Named, term: Term): string {
  const name = nameOf(language, term);
  if (term.args.length === 0) return name;
  return `${name}(${term.args.map((argument) => print(language, argument)).join(', ')})`;
}

export function storedTerm(language: Named, term: Term): StoredTerm {
  const name = nameOf(language, term);
  if (term.args.length === 0) return name;
  return [name, ...term.args.map((argument) => storedTerm(language, argument))];
}

/** @throws PacelineError IMPROVER_INVALID at an unknown name or a wrong number of arguments. */
export function readTerm(language: Named, stored: StoredTerm): Term {
  const [name, ...rest] = typeof stored === 'string' ? [stored] : stored;
  const number = HOLE.exec(name)?.[1];
  if (number !== undefined && rest.length === 0) return hole(Number(number));
  const prim = primitiveNamed(language, name);
  const expected = language.primitives[prim]?.args.length ?? 0;
  if (rest.length !== expected)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `"${name}" takes ${expected} arguments, ${rest.length} are given. Export the improver again instead of editing it.`,
      { name, expected, given: rest.length },
    );
  return { prim, args: rest.map((argument) => readTerm(language, argument)) };
}

/** Numbers of the holes that occur. */
export const holesOf = (term: Term): ReadonlySet<number> =>
  isHole(term)
    ? new Set([holeNumber(term)])
    : new Set(term.args.flatMap((argument) => [...holesOf(argument)]));

interface Signature<T> {
  readonly type: T;
  /** Types of its holes. */
  readonly holes: readonly T[];
}

/** Why a term is not of this type, in words; undefined where it is. */
export function typeFault<T extends string>(
  language: Language<T>,
  term: Term,
  { type, holes }: Signature<T>,
): string | undefined {
  if (isHole(term)) {
    const found = holes[holeNumber(term)];
    if (found === type) return undefined;
    return `#${holeNumber(term)} ${found === undefined ? 'is not among its arguments' : `is ${found} where ${type} is needed`}`;
  }
  const primitive = language.primitives[term.prim];
  if (primitive === undefined) return 'it names what the language does not have';
  if (primitive.type !== type)
    return `${primitive.name} is ${primitive.type} where ${type} is needed`;
  for (const [slot, argument] of term.args.entries()) {
    const wanted = primitive.args[slot] as T;
    const fault = typeFault(language, argument, { type: wanted, holes });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Whether the term, or an abstraction it uses, reads the input k. */
export function readsK(language: Language, term: Term): boolean {
  if (isHole(term)) return false;
  const { name, body } = language.primitives[term.prim] as Primitive;
  return (
    name === 'k' ||
    (body !== undefined && readsK(language, body)) ||
    term.args.some((argument) => readsK(language, argument))
  );
}
