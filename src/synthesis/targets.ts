/** Which tasks a value solves: wanted outputs by their hash, asked once per new value. */
import type { Hasher } from './hash-values.ts';
import type { Value } from './language.ts';
import type { Machine } from './machine.ts';
import { writeIntegers, writeLists } from './memory.ts';

export interface Targets {
  /** Tasks whose outputs have these lanes. */
  readonly solvedBy: (lanes: Int32Array) => readonly number[];
}

const NONE: readonly number[] = [];
/** A quick no for nearly every value. */
const PLACES = 1 << 14;

const isLists = (outputs: readonly Value[]): outputs is readonly (readonly number[])[] =>
  Array.isArray(outputs[0]);

export function targetTable(
  { memory, free }: Machine,
  hasher: Hasher,
  targets: readonly (readonly Value[])[],
): Targets {
  const maybe = new Uint8Array(PLACES);
  const tasks = new Map<string, number[]>();
  const key = (lanes: Int32Array): string => `${lanes[0]},${lanes[1]}`;
  targets.forEach((outputs, task) => {
    if (isLists(outputs)) hasher.integers('L', free, writeLists(memory, free, outputs));
    else hasher.integers('I', free, writeIntegers(memory, free, outputs as readonly number[]));
    maybe[(hasher.lanes[0] as number) & (PLACES - 1)] = 1;
    const same = tasks.get(key(hasher.lanes));
    if (same === undefined) tasks.set(key(hasher.lanes), [task]);
    else same.push(task);
  });
  return {
    solvedBy: (lanes) =>
      maybe[(lanes[0] as number) & (PLACES - 1)] === 0 ? NONE : (tasks.get(key(lanes)) ?? NONE),
  };
}
