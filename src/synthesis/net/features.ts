/**
 * What the net sees of a task: how its outputs relate to what the library makes of its inputs, and fourteen
 * things any outputs have (recursion2.md §5). All numbers lie in 0 to 1.
 */
import type { Language, Value } from '../language.ts';
import { compute, machineOf, valueCells } from '../machine.ts';
import type { Input } from '../memory.ts';
import { readValues } from '../memory.ts';
import { WIDTH } from './feature-count.ts';
import { featureTerms } from './feature-terms.ts';
import { GENERIC, generic } from './generic-features.ts';

export interface Features {
  /** Numbers that describe a task in this language. */
  readonly count: number;
  /** One output per example, all integers or all lists. */
  readonly of: (outputs: readonly Value[]) => Float32Array;
}

/** Values of the longest abstraction's steps and a term's own. */
const SCRATCH = 800;

/** A value of the library on one example. */
interface Seen {
  readonly list: readonly number[];
  readonly has: ReadonlySet<number>;
  readonly sum: number;
  readonly max: number;
  readonly min: number;
}

type Column = { readonly integers: readonly number[] } | { readonly lists: readonly Seen[] };

const seen = (list: readonly number[]): Seen => ({
  list,
  has: new Set(list),
  sum: list.reduce((sum, x) => sum + x, 0),
  max: Math.max(...list),
  min: Math.min(...list),
});

interface Placed {
  readonly column: Column;
  readonly at: number;
}

/** What the terms make of the inputs; a term undefined on some example has no column, and its numbers stay 0. */
function columns(
  language: Language,
  inputs: readonly Input[],
): readonly [readonly Placed[], number] {
  const terms = featureTerms(language);
  const stride = valueCells(inputs.length);
  const cells = new Int32Array((language.primitives.length + SCRATCH) * stride);
  const machine = machineOf(language, inputs, cells);
  const placed: Placed[] = [];
  let at = GENERIC;
  for (const { term, type } of terms) {
    const offset = compute(machine, term);
    if (offset >= 0) {
      const values = readValues(machine.memory, offset, type);
      const column =
        type === 'I'
          ? { integers: values as readonly number[] }
          : { lists: (values as readonly (readonly number[])[]).map(seen) };
      placed.push({ column, at });
    }
    at += WIDTH[type];
  }
  return [placed, at];
}

function besideIntegers(
  integers: readonly number[],
  sizes: readonly number[],
  into: Float32Array,
): void {
  let equal = 0;
  let least = 0;
  for (let i = 0; i < sizes.length; i++) {
    const difference = (sizes[i] as number) - (integers[i] as number);
    if (difference === 0) equal += 1;
    if (difference >= 0) least += 1;
  }
  into[0] = equal === sizes.length ? 1 : 0;
  into[1] = equal / sizes.length;
  into[2] = least / sizes.length;
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function contained(list: readonly number[], { has }: Seen): number {
  let inside = 0;
  for (const x of list) if (has.has(x)) inside += 1;
  return list.length === 0 ? 0 : inside / list.length;
}

function besideLists(lists: readonly Seen[], outputs: readonly Value[], into: Float32Array): void {
  const share = 1 / outputs.length;
  const add = (slot: number, amount: number): void => {
    into[slot] = (into[slot] as number) + amount;
  };
  for (let i = 0; i < outputs.length; i++) {
    const own = lists[i] as Seen;
    const output = outputs[i] as Value;
    if (typeof output === 'number') {
      if (own.has.has(output)) add(0, share);
      if (output === own.list.length) add(1, share);
      if (output === own.sum) add(2, share);
      if (output === own.max || output === own.min) add(3, share);
    } else {
      add(0, share * contained(output, own));
      if (output.length === own.list.length) add(2, share);
      if (sameList(output, own.list)) add(1, share);
    }
  }
}

/** Made once per group of inputs; then a task takes tens of microseconds. */
export function featuresOf(language: Language, inputs: readonly Input[]): Features {
  const [placed, count] = columns(language, inputs);
  return {
    count,
    of: (outputs) => {
      const found = new Float32Array(count);
      generic(outputs, found);
      const sizes = outputs.map((output) => (typeof output === 'number' ? output : output.length));
      for (const { column, at } of placed) {
        if ('integers' in column) besideIntegers(column.integers, sizes, found.subarray(at));
        else besideLists(column.lists, outputs, found.subarray(at));
      }
      return found;
    },
  };
}
