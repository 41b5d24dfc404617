/**
 * The typed language programs are searched in: primitives with types, and abstractions made of them.
 *
 * A task's input is a list `L` and an integer `k`. Types: `I` integer, `L` list, `F` integer to integer,
 * `P` integer to boolean, `G` two integers to one. Functions are arguments only; a program is an `I` or an `L`.
 */
import { PacelineError } from '../core/errors.ts';

export type ValueType = 'I' | 'L' | 'F' | 'P' | 'G';

/** One node: a primitive of the language by its index, or hole number `-1 - prim`. */
export interface Term {
  readonly prim: number;
  readonly args: readonly Term[];
}

export interface Primitive {
  readonly name: string;
  readonly type: ValueType;
  readonly args: readonly ValueType[];
  /** What an abstraction stands for, its holes numbered in the order of `args`; absent: built in. */
  readonly body?: Term;
}

export type Value = number | readonly number[];

export interface Language {
  readonly primitives: readonly Primitive[];
  readonly index: ReadonlyMap<string, number>;
}

/** A value whose magnitude is larger is a failure, and so is a longer list. */
export const LARGEST = 1_000_000;
export const LONGEST = 24;

const NUMBERS: readonly (readonly [string, ValueType, string])[] = [
  ['L', 'L', ''],
  ['map', 'L', 'FL'],
  ['filter', 'L', 'PL'],
  ['zip', 'L', 'GLL'],
  ['scan', 'L', 'GL'],
  ['sort', 'L', 'L'],
  ['rev', 'L', 'L'],
  ['tail', 'L', 'L'],
  ['init', 'L', 'L'],
  ['take', 'L', 'IL'],
  ['drop', 'L', 'IL'],
  ['uniq', 'L', 'L'],
  ['k', 'I', ''],
  ['0', 'I', ''],
  ['1', 'I', ''],
  ['2', 'I', ''],
  ['fold', 'I', 'GL'],
  ['len', 'I', 'L'],
  ['head', 'I', 'L'],
  ['nth', 'I', 'IL'],
  ['plus', 'I', 'II'],
  ['minus', 'I', 'II'],
  ['times', 'I', 'II'],
  ['idiv', 'I', 'II'],
  ['app', 'I', 'FI'],
  ['inc', 'F', ''],
  ['dec', 'F', ''],
  ['dbl', 'F', ''],
  ['half', 'F', ''],
  ['sq', 'F', ''],
  ['neg', 'F', ''],
  ['abs', 'F', ''],
  ['addc', 'F', 'I'],
  ['subc', 'F', 'I'],
  ['even', 'P', ''],
  ['odd', 'P', ''],
  ['pos', 'P', ''],
  ['ltz', 'P', ''],
  ['gtc', 'P', 'I'],
  ['ltc', 'P', 'I'],
  ['add', 'G', ''],
  ['sub', 'G', ''],
  ['mul', 'G', ''],
  ['max', 'G', ''],
  ['min', 'G', ''],
];

/** What strings as character codes add. */
const TEXT: readonly (readonly [string, ValueType, string])[] = [
  ['upperP', 'P', ''],
  ['lowerP', 'P', ''],
  ['digitP', 'P', ''],
  ['spaceP', 'P', ''],
  ['vowelP', 'P', ''],
  ['letterP', 'P', ''],
  ['up', 'F', ''],
  ['low', 'F', ''],
  ['digitValue', 'F', ''],
];

const rows = (table: typeof NUMBERS): Primitive[] =>
  table.map(([name, type, args]) => ({ name, type, args: [...args] as ValueType[] }));

export function language(primitives: readonly Primitive[]): Language {
  return { primitives, index: new Map(primitives.map(({ name }, at) => [name, at])) };
}

/** The 45 bare primitives, and nine more for text. */
export const bareLanguage = (domain: 'numbers' | 'text'): Language =>
  language([...rows(NUMBERS), ...(domain === 'text' ? rows(TEXT) : [])]);

/** @throws PacelineError IMPROVER_INVALID when a name is taken. */
export function extended(from: Language, more: readonly Primitive[]): Language {
  const twice = more.find(({ name }) => from.index.has(name));
  if (twice !== undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The name "${twice.name}" is in the language already. Rename the abstraction.`,
      { name: twice.name },
    );
  return language([...from.primitives, ...more]);
}

/** @throws PacelineError IMPROVER_INVALID when the language has no such primitive. */
export function primitiveNamed(from: Language, name: string): number {
  const at = from.index.get(name);
  if (at === undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `No primitive or abstraction is called "${name}". Use the improver with the version it was made by, or remove what names it.`,
      { name },
    );
  return at;
}
