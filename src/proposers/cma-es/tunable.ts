/**
 * Numbers of a candidate as a point, and points as candidates: what CMA-ES needs to know of the kind
 * of candidate it tunes.
 */
export interface Tunable {
  /** Where the search starts. */
  readonly start: readonly number[];
  /** Canonical text of the candidate at a point. */
  textOf(point: ArrayLike<number>): string;
  /** Equal keys, same hypothesis. */
  keyOf(text: string): string;
  /** A number that has changed its sign may count for more. */
  sizeOf(text: string): number;
}
