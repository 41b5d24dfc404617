/** Space a search works in, asked for once and used by one search after another: at most about 330 MB when full. */
import { Seen } from './seen.ts';

/** Programs kept at most (recursion2.md §1.2). */
export const MOST_KEPT = 2_500_000;
/** Cells for their values: 190 MB. */
const VALUE_CELLS = 48_000_000;

export interface Workspace {
  readonly cells: Int32Array;
  readonly seen: Seen;
  /** Primitive at the root of every kept program. */
  readonly roots: Uint16Array;
  /** Ids of its arguments, three places each. */
  readonly args: Int32Array;
  /** Where its value lies. */
  readonly offsets: Int32Array;
}

/** @param kept programs kept at most, `cells` integers for their values. */
export function workspace(kept = MOST_KEPT, cells = VALUE_CELLS): Workspace {
  return {
    cells: new Int32Array(cells),
    seen: new Seen(),
    roots: new Uint16Array(kept),
    args: new Int32Array(3 * kept),
    offsets: new Int32Array(kept),
  };
}
