/** Abstractions as data: read into a language one after another, and written out of it. */
import type { Language, Primitive, ValueType } from './language.ts';
import { extended } from './language.ts';
import type { StoredTerm } from './term.ts';
import { readTerm, storedTerm } from './term.ts';

export interface StoredAbstraction {
  readonly name: string;
  readonly type: ValueType;
  /** Of its holes, in the order of their numbers. */
  readonly args: readonly ValueType[];
  /** Holes are `#0` to `#2`; names are those of the language and of abstractions before it. */
  readonly body: StoredTerm;
}

/** @throws PacelineError IMPROVER_INVALID for a name that is taken, or one in a body that nobody defined. */
export function withLibrary(from: Language, library: readonly StoredAbstraction[]): Language {
  return library.reduce(
    (language, { body, ...rest }) =>
      extended(language, [{ ...rest, body: readTerm(language, body) }]),
    from,
  );
}

export function libraryOf(language: Language): readonly StoredAbstraction[] {
  return language.primitives.flatMap(({ name, type, args, body }: Primitive) =>
    body === undefined ? [] : [{ name, type, args, body: storedTerm(language, body) }],
  );
}
