/**
 * Which answer of a warm worker a cold process gives again: one of the kth call in two of k cases, drawn.
 * A worker's first answer comes from a cold process anyway. Who carries something on and answers by it
 * escapes all of 64 calls once in two thousand times, at a price of eight or nine processes per worker.
 *
 * Drawn from seeds that a candidate is not told: one that knew which answers are looked at would give
 * these as they should be and all others by what it carries.
 */
import { secretRoot } from '../../core/rng.ts';
import type { Output } from './output.ts';

export interface Answered {
  readonly candidate: string;
  /** Of the cases of the call. */
  readonly seeds: readonly number[];
  /** How many calls the worker had before. */
  readonly callsBefore: number;
}

/** Every call up to this one is looked at. */
const FIRST_CALLS = 2;

/** Its place among the cases of a call; undefined: none. The same call, the same place. */
export function checkedCold({ candidate, seeds, callsBefore }: Answered): number | undefined {
  const coldAnyway = callsBefore === 0 ? 1 : 0;
  if (seeds.length <= coldAnyway) return undefined;
  const draw = secretRoot(`${candidate} ${seeds.join()}`).stream(callsBefore, 'cold');
  if (draw.int(callsBefore + 1) >= FIRST_CALLS) return undefined;
  return coldAnyway + draw.int(seeds.length - coldAnyway);
}

/** Outputs are what JSON held, made by the same program: where they are equal, their text is. */
export function agree(warm: Output | undefined, cold: Output | undefined): boolean {
  if (warm === undefined || cold === undefined) return false;
  // What a failure says may name the folder it happened in.
  if ('failed' in warm || 'failed' in cold) return 'failed' in warm && 'failed' in cold;
  // A judge is told the steps: what was remembered from another case saves some.
  if (warm.steps !== cold.steps) return false;
  return JSON.stringify(warm.output) === JSON.stringify(cold.output);
}
