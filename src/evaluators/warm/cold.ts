/**
 * Which answers of a warm worker a cold process gives again: the last of calls 1, 2, 4, 8, … The
 * first answer of a worker comes from a cold process anyway. A candidate that carries something on
 * and answers by it is found out at the latest when its worker has had twice as many calls, at a
 * price of few processes per worker.
 */
import type { Output } from './output.ts';

/** Its place among the cases of a call; undefined: none. */
export function checkedCold(callsBefore: number, cases: number): number | undefined {
  const call = callsBefore + 1;
  const isPowerOfTwo = (call & (call - 1)) === 0;
  const isCold = callsBefore === 0 && cases === 1;
  return isPowerOfTwo && !isCold && cases > 0 ? cases - 1 : undefined;
}

/** Outputs are what JSON held, made by the same program: where they are equal, their text is. */
export function agree(warm: Output | undefined, cold: Output | undefined): boolean {
  if (warm === undefined || cold === undefined) return false;
  // What a failure says may name the folder it happened in.
  if ('failed' in warm || 'failed' in cold) return 'failed' in warm && 'failed' in cold;
  return JSON.stringify(warm.output) === JSON.stringify(cold.output);
}
