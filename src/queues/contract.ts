/**
 * Spreads measurements over workers. Results may finish in any order; the loop commits in trial
 * order, so the number of workers never changes a result.
 */

import type { Awaitable } from '../core/json.ts';
import type { Measured, MeasureRequest } from '../evaluators/contract.ts';

/** What is measured in the foreground: everything else waits for it. */
export const FIRST = -1;

export interface Queue {
  readonly traits: { readonly workers: number };
  /**
   * One result per request, in order. A lost worker is replaced and its requests measured again.
   * `order`: among what waits the smallest goes first; a trial's is its number, since results are
   * committed in that order. Absent: before all trials. It never changes a result.
   */
  measure(
    requests: readonly MeasureRequest[],
    signal: AbortSignal,
    order?: number,
  ): Awaitable<readonly Measured[]>;
  close(): Awaitable<void>;
}
