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

/** `T`: the types of the language; those of lists and integers unless another one is meant. */
export interface Primitive<T extends string = ValueType> {
  readonly name: string;
  readonly type: T;
  readonly args: readonly T[];
  /** What an abstraction stands for, its holes numbered in the order of `args`; absent: built in. */
  readonly body?: Term;
}

export type Value = number | readonly number[];

export interface Language<T extends string = ValueType> {
  readonly primitives: readonly Primitive<T>[];
  readonly index: ReadonlyMap<string, number>;
  /** What a program is given: holes of whatever programs share. */
  readonly inputs: ReadonlySet<string>;
  /** Types that an abstraction may have. */
  readonly abstracted: ReadonlySet<T>;
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

type Kinds<T extends string> = Pick<Language<T>, 'inputs' | 'abstracted'>;

export function language<T extends string>(
  primitives: readonly Primitive<T>[],
  { inputs, abstracted }: Kinds<T>,
): Language<T> {
  const index = new Map(primitives.map(({ name }, at) => [name, at]));
  return { primitives, index, inputs, abstracted };
}

const KINDS: Kinds<ValueType> = { inputs: new Set(['L']), abstracted: new Set(['I', 'L']) };

/** The 45 bare primitives, and nine more for text. */
export const bareLanguage = (domain: 'numbers' | 'text'): Language =>
  language([...rows(NUMBERS), ...(domain === 'text' ? rows(TEXT) : [])], KINDS);

/** @throws PacelineError IMPROVER_INVALID when a name is taken, or an abstraction is a mere hole or constant. */
export function extended<T extends string>(
  from: Language<T>,
  more: readonly Primitive<T>[],
): Language<T> {
  const twice = more.find(({ name }) => from.index.has(name));
  if (twice !== undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The name "${twice.name}" is in the language already. Rename the abstraction.`,
      { name: twice.name },
    );
  const idle = more.find(({ body }) => body !== undefined && body.args.length === 0);
  if (idle !== undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The abstraction "${idle.name}" computes nothing: its body is one hole or constant. Use that instead.`,
      { name: idle.name },
    );
  return language([...from.primitives, ...more], from);
}

/** @throws PacelineError IMPROVER_INVALID when the language has no such primitive. */
export function primitiveNamed(from: Pick<Language, 'index'>, name: string): number {
  const at = from.index.get(name);
  if (at === undefined)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `No primitive or abstraction is called "${name}". Use the improver with the version it was made by, or remove what names it.`,
      { name },
    );
  return at;
}
