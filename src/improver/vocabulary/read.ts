/**
 * The vocabulary of an improver: macros that genetic search puts into expressions. They are read in their order, so
 * that none can call a later one or itself.
 */
import { PacelineError } from '../../core/errors.ts';
import { MAX_MAGNITUDE } from '../../lang/forest.ts';
import { inputsOf, type Macro } from '../../lang/macro.ts';
import { expressionText } from '../../lang/print.ts';
import type { Primitive, Term } from '../../synthesis/language.ts';
import { withLibrary } from '../../synthesis/library.ts';
import { type StoredTerm, storedTerm } from '../../synthesis/term.ts';
import type { Improver, StoredMacro } from '../artifact.ts';
import { expanded, type LibraryNode, libraryGraph } from '../library-graph.ts';
import { refuseExplosion } from '../written-out.ts';
import { type ExpressionLanguage, expressionLanguage, nodeOf } from './expressions.ts';

/** Nodes of a macro written out (included): a tree of a search has 60, and its arguments need room. */
export const LARGEST_MACRO = 40;

type Stored = StoredMacro['body'];

const numbersIn = (body: Stored): readonly number[] =>
  typeof body === 'number'
    ? [body]
    : typeof body === 'string'
      ? []
      : body.slice(1).flatMap(numbersIn);

/** An input by its name, which a slot may have or not. */
const INPUT = /^\$[a-z][A-Za-z0-9]{0,31}$/;

const inputsIn = (body: Stored): readonly string[] => {
  if (typeof body === 'object') return body.slice(1).flatMap(inputsIn);
  return typeof body === 'string' && INPUT.test(body) ? [body] : [];
};

const named = (body: Stored): StoredTerm => {
  if (typeof body === 'number') return String(body);
  if (typeof body === 'string') return body;
  const [op, ...rest] = body;
  return [op, ...rest.map(named)];
};

/**
 * Operators, the constants and inputs of its bodies, and its macros.
 *
 * @throws PacelineError IMPROVER_INVALID for an unknown operator, a body of another type, one too large, a number that no
 *   expression may hold, or a macro whose name is a number.
 */
export function vocabularyLanguage({
  vocabulary = [],
}: Pick<Improver, 'vocabulary'>): ExpressionLanguage {
  const numbers = vocabulary.flatMap(({ body }) => numbersIn(body));
  const beyond = numbers.find((one) => !(Math.abs(one) <= MAX_MAGNITUDE));
  if (beyond !== undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The vocabulary holds the number ${beyond}, and every number of an expression is at most 1e300 in magnitude. Export the improver again instead of editing it.`,
      { number: String(beyond) },
    );
  const inputs = vocabulary.flatMap(({ body }) => inputsIn(body));
  const numeral = vocabulary.find(({ name }) => isNumber(name));
  if (numeral !== undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The vocabulary calls a macro "${numeral.name}", and programs would take it for that number. Rename it and every call of it.`,
      { name: numeral.name },
    );
  const language = withLibrary(
    expressionLanguage(numbers, inputs),
    vocabulary.map((one) => ({ ...one, body: named(one.body) })),
  );
  refuseExplosion(language, LARGEST_MACRO);
  return language;
}

/** As searches use them. @throws PacelineError as `vocabularyLanguage` does. */
export function macrosOf(improver: Pick<Improver, 'vocabulary'>): readonly Macro[] {
  const language = vocabularyLanguage(improver);
  return language.primitives.flatMap(({ name, type, args, body: own }) => {
    if (own === undefined) return [];
    const body = nodeOf(language, expanded(language, own));
    return [{ name, gives: type, takes: args, inputs: inputsOf(body), body }];
  });
}

/** `expanded` as it would stand in a program; `body` in terms of the vocabulary. */
export type VocabularyNode = LibraryNode & { readonly mined?: StoredMacro['mined'] };

/** For people: each with what it calls, and written out. */
export function vocabularyGraph(improver: Pick<Improver, 'vocabulary'>): readonly VocabularyNode[] {
  const mined = new Map(improver.vocabulary?.map((one) => [one.name, one.mined]));
  const bodies = new Map(macrosOf(improver).map(({ name, body }) => [name, expressionText(body)]));
  return libraryGraph(vocabularyLanguage(improver)).map((node) => ({
    ...node,
    expanded: bodies.get(node.name) ?? node.expanded,
    mined: mined.get(node.name),
  }));
}

/** A macro as it is kept: constants are numbers again. */
export function storedMacro(
  language: ExpressionLanguage,
  { name, type, args, body }: Primitive<'real' | 'bool'>,
): Omit<StoredMacro, 'mined'> {
  return { name, type, args: [...args], body: numbered(storedTerm(language, body as Term)) };
}

const isNumber = (name: string): boolean => name !== '' && Number.isFinite(Number(name));

const numbered = (stored: StoredTerm): Stored => {
  if (typeof stored === 'string') return isNumber(stored) ? Number(stored) : stored;
  const [op, ...rest] = stored;
  return [op, ...rest.map(numbered)];
};
