/**
 * How the gate calls a candidate's interpreter: a program, and a number from which up to 64 rows follow. An input is small,
 * and no number in it is a size.
 */
import type { Forest } from '../../../src/lang/forest.ts';
import { evaluateSlot } from '../../../src/lang/interpret.ts';

const MOST_ROWS = 64;
const NAMES = ['x', 'y', 'z'] as const;
/** Numbers next to which arithmetic goes wrong; the others are quarters. */
const ODD = [0, 1e-9, -9.9e-10, 1e300, -1e300, 20, 1 / 3] as const;

/** The rows of a number, a record each; checks.mjs makes the same. */
function rowsOf(number: number): readonly Readonly<Record<string, number>>[] {
  let state = Math.abs(Math.trunc(number)) % 2 ** 31;
  const next = (below: number): number => {
    state = (state * 48_271 + 11) % (2 ** 31 - 1);
    return state % below;
  };
  const value = (): number =>
    next(4) === 0 ? (ODD[next(ODD.length)] as number) : (next(81) - 40) / 4;
  return Array.from({ length: next(MOST_ROWS + 1) }, () =>
    Object.fromEntries(NAMES.map((name) => [name, value()])),
  );
}

export function values(forest: Forest, number: number): Float64Array {
  const rows = rowsOf(number);
  const columns = Object.fromEntries(
    NAMES.map((name) => [name, Float64Array.from(rows, (row) => row[name] as number)]),
  );
  return evaluateSlot(forest, 'value', { length: rows.length, columns });
}
