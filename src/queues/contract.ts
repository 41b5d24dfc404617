/**
 * Spreads measurements over workers. Results may finish in any order; the loop commits in trial
 * order, so the number of workers never changes a result.
 */

import type { Awaitable } from '../core/json.ts';
import type { Measured, MeasureRequest } from '../evaluators/contract.ts';

export interface Queue {
  readonly traits: { readonly workers: number };
  /** One result per request, in order. A lost worker is replaced and its requests measured again. */
  measure(requests: readonly MeasureRequest[], signal: AbortSignal): Awaitable<readonly Measured[]>;
  close(): Awaitable<void>;
}
