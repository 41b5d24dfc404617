/** How the gate calls a candidate's interpreter: as many rows as there are numbers, so that no input is a large one by a mere number. */
import type { Forest } from '../../../src/lang/forest.ts';
import { evaluateSlot } from '../../../src/lang/interpret.ts';

export function values(
  forest: Forest,
  rows: readonly (readonly [number, number, number])[],
): Float64Array {
  const column = (i: number): Float64Array => Float64Array.from(rows, (row) => row[i] as number);
  const columns = { x: column(0), y: column(1), z: column(2) };
  return evaluateSlot(forest, 'value', { length: rows.length, columns });
}
