/**
 * When a call is made again: exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog 2015), what the provider asks for if it asks, and a breaker after calls that all failed. Pure.
 */
import type { Rng } from '../core/rng.ts';
import type { Failure } from './contract.ts';

export interface Patience {
  /** Attempts of one call, the first included. */
  readonly attempts: number;
  readonly firstMs: number;
  readonly longestMs: number;
  /** Calls in a row that failed, after which the provider counts as down. */
  readonly failures: number;
}

export const PATIENCE: Patience = {
  attempts: 5,
  firstMs: 1_000,
  longestMs: 60_000,
  failures: 3,
};

/** Milliseconds to wait before the next attempt; undefined where there is none. @param attempt From 1. */
export function waitMs(
  { attempts, firstMs, longestMs }: Patience,
  {
    attempt,
    failure,
    rng,
  }: { readonly attempt: number; readonly failure: Failure; readonly rng: Rng },
): number | undefined {
  if (failure.kind !== 'unavailable' || attempt >= attempts) return undefined;
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  const asked = failure.retryAfterMs ?? 0;
  return Math.min(longestMs, Math.max(asked, Math.round(rng.float() * ceiling)));
}

export interface Breaker {
  /** Calls in a row that failed; also those that began before. */
  inARow: number;
}

export function isOpen({ failures }: Patience, { inARow }: Breaker): boolean {
  return inARow >= failures;
}
