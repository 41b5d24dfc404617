/**
 * The words of the closed expression language: what a program's slots are called, which variables
 * they may read, and which operators exist. Nothing outside this table can be said.
 */

import { PacelineError } from '../core/errors.ts';

export type ValueType = 'real' | 'bool';

export interface SlotSpec {
  readonly name: string;
  /** Variable names, all real, in the order of the printed function's parameters. */
  readonly inputs: readonly string[];
  readonly result: ValueType;
}

export interface Vocabulary {
  readonly slots: readonly SlotSpec[];
}

export type UnaryOp = 'abs' | 'sqrt' | 'log1p' | 'exp' | 'sq' | 'neg' | 'tanh' | 'sin' | 'not';
export type BinaryOp = '+' | '-' | '*' | '/' | 'min' | 'max' | 'lt' | 'le' | 'and' | 'or';
export type Operator = UnaryOp | BinaryOp | 'if';

export interface Signature {
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
}

const REAL_1: Signature = { takes: ['real'], gives: 'real' };
const REAL_2: Signature = { takes: ['real', 'real'], gives: 'real' };
const COMPARE: Signature = { takes: ['real', 'real'], gives: 'bool' };
const BOOL_2: Signature = { takes: ['bool', 'bool'], gives: 'bool' };

/**
 * Every operator with its types; leaves (`const`, `var`) and `grid` are node kinds of their own.
 *
 * Meaning where plain arithmetic would not say it: `/` gives the numerator when |denominator| <
 * 1e-9; `sqrt` and `log1p` take the absolute value first; `exp` caps its argument at 20; `sq` is
 * x·x. All else is IEEE double arithmetic as JavaScript defines it (see semantics.ts).
 */
export const OPERATORS: Readonly<Record<Operator, Signature>> = {
  '+': REAL_2,
  '-': REAL_2,
  '*': REAL_2,
  '/': REAL_2,
  min: REAL_2,
  max: REAL_2,
  abs: REAL_1,
  sqrt: REAL_1,
  log1p: REAL_1,
  exp: REAL_1,
  sq: REAL_1,
  neg: REAL_1,
  tanh: REAL_1,
  sin: REAL_1,
  lt: COMPARE,
  le: COMPARE,
  and: BOOL_2,
  or: BOOL_2,
  not: { takes: ['bool'], gives: 'bool' },
  if: { takes: ['bool', 'real', 'real'], gives: 'real' },
};

/** The operators in table order: iteration (and so random choice) never depends on anything else. */
export const OPERATOR_NAMES: readonly Operator[] = Object.keys(OPERATORS) as Operator[];

/** True for the name of an operator, false for anything inherited or unknown. */
export function isOperator(name: unknown): name is Operator {
  return typeof name === 'string' && Object.hasOwn(OPERATORS, name);
}

/** Lower camel case keeps names apart from `Math`, `Table` and the printed `TABLE_n`. */
const NAME = /^[a-z][A-Za-z0-9]{0,31}$/;

/** Words of JavaScript plus the helpers a printed module may define. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    'arguments as async await boolean break case catch class const continue debugger default ' +
    'delete do else enum eval export extends false finally for from function get if implements ' +
    'import in instanceof interface let new null number of package private protected public ' +
    'readonly return set static string super switch this throw true try type typeof undefined ' +
    'var void while with yield div square finite grid knotBelow fraction'
  ).split(' '),
);

function checkName(name: string, seen: Set<string>): void {
  const reason = !NAME.test(name)
    ? 'a name is lower camel case, letters and digits, at most 32'
    : TAKEN.has(name)
      ? 'the word is reserved'
      : seen.has(name)
        ? 'the name is used twice'
        : undefined;
  if (reason !== undefined) {
    throw new PacelineError(
      'FOREST_INVALID',
      `The vocabulary cannot use ${JSON.stringify(name)}: ${reason}. Rename it.`,
      { name, reason },
    );
  }
  seen.add(name);
}

/**
 * Refuses names that could not be printed as TypeScript.
 *
 * @throws PacelineError FOREST_INVALID for a reserved, repeated or malformed name.
 */
export function checkVocabulary(vocabulary: Vocabulary): Vocabulary {
  const slots = new Set<string>();
  for (const slot of vocabulary.slots) checkName(slot.name, slots);
  for (const slot of vocabulary.slots) {
    const names = new Set(slots);
    for (const input of slot.inputs) checkName(input, names);
  }
  return vocabulary;
}
