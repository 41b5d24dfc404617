/** Abstractions as data: read into a language one after another, and written out of it. */
import { PacelineError } from '../core/errors.ts';
import type { Language, Primitive, ValueType } from './language.ts';
import { extended } from './language.ts';
import type { StoredTerm } from './term.ts';
import { holesOf, readTerm, storedTerm, typeFault } from './term.ts';

export interface StoredAbstraction<T extends string = ValueType> {
  readonly name: string;
  readonly type: T;
  /** Of its holes, in the order of their numbers. */
  readonly args: readonly T[];
  /** Holes are `#0` to `#2`; names are those of the language and of abstractions before it. */
  readonly body: StoredTerm;
}

/**
 * Read in their order, so that none can call a later one or itself.
 *
 * @throws PacelineError IMPROVER_INVALID for a name that is taken, one in a body that nobody defined, a body of
 *   another type, or a hole that it never uses.
 */
export function withLibrary<T extends string>(
  from: Language<T>,
  library: readonly StoredAbstraction<T>[],
): Language<T> {
  return library.reduce((language, one) => extended(language, [primitiveOf(language, one)]), from);
}

function primitiveOf<T extends string>(
  language: Language<T>,
  { name, type, args, body }: StoredAbstraction<T>,
): Primitive<T> {
  const term = readTerm(language, body);
  const fault = typeFault(language, term, { type, holes: args });
  const unused = args.findIndex((_, number) => !holesOf(term).has(number));
  const why = fault ?? (unused < 0 ? undefined : `its hole #${unused} is never used`);
  if (why !== undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The abstraction "${name}" cannot be used: ${why}. Export the improver again instead of editing it.`,
      { name, why },
    );
  return { name, type, args, body: term };
}

export function libraryOf(language: Language): readonly StoredAbstraction[] {
  return language.primitives.flatMap(({ name, type, args, body }: Primitive) =>
    body === undefined ? [] : [{ name, type, args, body: storedTerm(language, body) }],
  );
}
