/**
 * The one door to numbers. Everything that yields a value (screen, probe, noise floor, confirm,
 * block, comparison) is a request here; cost is counted here.
 */
import type { Candidate } from '../core/candidate.ts';
import type { OUTCOMES } from '../core/events.ts';
import type { Awaitable } from '../core/json.ts';

export type Outcome = (typeof OUTCOMES)[number];

export interface MeasureRequest {
  readonly candidate: Candidate;
  /** One unsigned 32-bit seed per case; a case is one instance (or fixed batch of instances). */
  readonly cases: readonly number[];
}

/** A value exists only for `scored`; a missing or non-finite metric is `invalid`, never 0. */
export type CaseResult =
  | {
      readonly outcome: 'scored';
      readonly value: number;
      /** Finite values of the other metrics asked for, by name; one that is missing is unknown. */
      readonly others?: Readonly<Record<string, number>>;
    }
  | { readonly outcome: Exclude<Outcome, 'scored'>; readonly message: string };

export interface Measured {
  /** In the order of the request's cases, exactly as many. */
  readonly cases: readonly CaseResult[];
  readonly cpuMs: number;
}

/**
 * A failure of a candidate is a typed outcome, never an exception. `measure` rejects only when the
 * evaluator itself is broken (PacelineError `EVALUATOR_FAILED`) or `signal` aborted.
 */
export interface Evaluator {
  readonly traits: {
    /** `calling-thread`: interprets data here. `process`: runs the task's own command. */
    readonly place: 'calling-thread' | 'process';
    /** Same candidate and seed give the same value bit for bit, as declared; checked at the start. */
    readonly deterministic: boolean;
    /** Jail level it runs candidates under, or why none is needed. Shown on every screen. */
    readonly isolation: string;
    /** What a person does to see it score, beginning a sentence; absent: runs the evaluator's command. */
    readonly byHand?: string;
  };
  /** One result per request, in order. */
  measure(requests: readonly MeasureRequest[], signal: AbortSignal): Awaitable<readonly Measured[]>;
  close(): Awaitable<void>;
}
