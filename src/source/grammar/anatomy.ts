/**
 * What variations need to know of a parsed text, whatever parsed it: where the statements,
 * expressions, tests and loops are. One set of variations (variations.ts) then serves every parser.
 */
import type { NumberSpan, Span } from '../language.ts';

/**
 * Expressions of one sort may stand for each other: `value` is whatever may be a number (names,
 * calls and members too), `truth` a comparison or what is made of such; others go by their kind.
 */
export interface Expression extends Span {
  readonly sort: string;
  /** Binds so tightly that it needs no parentheses anywhere. */
  readonly atomic: boolean;
}

export interface OperatorToken extends Span {
  readonly word: string;
}

export interface Loop {
  /** From the keyword to the body, as text that may lead another body. */
  readonly header: Span;
  /** The statements of the body. */
  readonly body: readonly Span[];
}

export interface Guard {
  readonly whole: Span;
  readonly body: readonly Span[];
}

export interface Anatomy {
  /** Lists of sibling statements, none empty. */
  readonly blocks: readonly (readonly Span[])[];
  readonly expressions: readonly Expression[];
  readonly operators: readonly OperatorToken[];
  /** Tests of branches and loops. */
  readonly conditions: readonly Expression[];
  /** Operands of one operator, arguments of one call. */
  readonly pairs: readonly (readonly [Expression, Expression])[];
  readonly loops: readonly Loop[];
  /** Where a loop ends: the right side of its test, the end of its range. */
  readonly bounds: readonly Expression[];
  /** `i++` and the like: the name that is stepped and by what, 1 or -1. */
  readonly steps: readonly (Span & { readonly name: string; readonly by: number })[];
  /** Branches without an alternative. */
  readonly guards: readonly Guard[];
  readonly constants: readonly NumberSpan[];
  /** Names that are read, or constants that are written, where nothing allows it. */
  readonly unbound: ReadonlySet<string>;
  readonly size: number;
}

/** How a language writes what variations add; undefined where it has no such form. */
export interface Style {
  /** Operator tokens that may stand for each other. */
  readonly families: readonly (readonly string[])[];
  readonly negate: (test: string) => string;
  readonly choice: ((test: string, yes: string, no: string) => string) | undefined;
  /** A branch around a statement that starts in column `indent`. */
  readonly guard: (test: string, statement: string, indent: string) => string;
  readonly breakIf: (test: string, indent: string) => string;
  /** `name` stepped by `by` instead of by one. */
  readonly step: ((name: string, by: number) => string) | undefined;
  /** What stands for a block without statements. */
  readonly nothing: string;
}
