/** Space a search works in, asked for once and used by one search after another: at most about 330 MB when full. */
import { Seen } from './seen.ts';

/** Programs kept at most (recursion2.md §1.2). */
export const MOST_KEPT = 2_500_000;
/** Cells for their values: 190 MB. */
export const VALUE_CELLS = 48_000_000;

export interface Workspace {
  readonly cells: Int32Array;
  readonly seen: Seen;
  /** Primitive at the root of every kept program. */
  readonly roots: Uint16Array;
  /** Ids of its arguments, three places each. */
  readonly args: Int32Array;
  /** Where its value lies. */
  readonly offsets: Int32Array;
  /** Values on one or two examples of the first programs kept, for looks one step ahead. */
  readonly near: { readonly cells: Int32Array; readonly offsets: Int32Array };
}

/** Programs that looks ahead reach; cells for each: 20 MB in all, of which a search touches what it needs. */
const MOST_NEAR = 150_000;
const NEAR_CELLS = 30;

/** Places of the table for each program kept, a power of two: failing that many, it crawls. */
const PLACES_EACH = 1.3;

/** @param kept programs kept at most, `cells` integers for their values. */
export function workspace(kept = MOST_KEPT, cells = VALUE_CELLS): Workspace {
  return {
    cells: new Int32Array(cells),
    seen: new Seen(2 ** Math.ceil(Math.log2(PLACES_EACH * kept))),
    roots: new Uint16Array(kept),
    args: new Int32Array(3 * kept),
    offsets: new Int32Array(kept),
    near: {
      cells: new Int32Array(NEAR_CELLS * MOST_NEAR),
      offsets: new Int32Array(Math.min(kept, MOST_NEAR)),
    },
  };
}
