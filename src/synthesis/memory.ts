/**
 * Values of terms on all examples at once, in one block of 32-bit integers.
 *
 * A value lies at an offset. With n examples an integer takes n cells; a list n cells of lengths and then its
 * elements, example by example; a function one cell for what it does and n for its constant (`addc(k)` has
 * another constant on each example). Kernels read at offsets and write at one, so a search allocates nothing.
 */
import type { Value } from './language.ts';

export interface Memory {
  readonly cells: Int32Array;
  /** n, at least 1. */
  readonly examples: number;
}

/** Writes to `out` what the arguments' values make; the cells written, or 0 where it is undefined. */
export type Kernel = (memory: Memory, args: Int32Array, out: number) => number;

export interface Input {
  readonly list: readonly number[];
  readonly k: number;
}

export function writeIntegers(memory: Memory, at: number, values: readonly number[]): number {
  memory.cells.set(values, at);
  return values.length;
}

export function writeLists(
  memory: Memory,
  at: number,
  lists: readonly (readonly number[])[],
): number {
  const { cells, examples } = memory;
  let end = at + examples;
  lists.forEach((list, example) => {
    cells[at + example] = list.length;
    cells.set(list, end);
    end += list.length;
  });
  return end - at;
}

/** Cells of the list value at `at`. */
export function listCells({ cells, examples }: Memory, at: number): number {
  let total = examples;
  for (let example = 0; example < examples; example++) total += cells[at + example] as number;
  return total;
}

/** The value on each example. */
export function readValues(memory: Memory, at: number, type: 'I' | 'L'): readonly Value[] {
  const { cells, examples } = memory;
  if (type === 'I') return [...cells.subarray(at, at + examples)];
  let from = at + examples;
  return Array.from({ length: examples }, (_, example) => {
    const start = from;
    from += cells[at + example] as number;
    return [...cells.subarray(start, from)];
  });
}
