/**
 * The one door to numbers. Everything that yields a value (screen, probe, noise floor, confirm,
 * block, comparison) is a request here; cost is counted here.
 */
import type { Candidate } from '../core/candidate.ts';
import type { OUTCOMES } from '../core/events.ts';
import type { Awaitable, Json } from '../core/json.ts';

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

/**
 * What a candidate could tell a test by. All of it can be chosen for a call, so that two calls on the same
 * inputs differ in one thing alone (safety.md C8).
 */
export interface Conditions {
  /** Environment variables besides those that every run has. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  /** Name of the folder it is started in. */
  readonly folder?: string;
  /** Empty files beside its own, by path from its folder. */
  readonly files?: readonly string[];
  /** What its clock shows when it is loaded, ms since 1970. */
  readonly clockMs?: number;
  /** Inputs that it answers first and that are left out. */
  readonly warmup?: readonly Json[];
  /** Inputs handed over at a time, from 1. */
  readonly batch?: number;
}

/** What one input gave: data of the candidate's, or one sentence on why there is none. */
export type CallOutput = { readonly output: Json } | { readonly failed: string };

export type Called =
  | {
      /** In the order of the inputs, exactly as many. */
      readonly outputs: readonly CallOutput[];
      readonly cpuMs: number;
    }
  /** It gave no answers at all. */
  | { readonly outcome: Exclude<Outcome, 'scored'>; readonly message: string };

/**
 * Calls candidates on inputs and scores nothing: what checks look at. Each call runs in a jail, in a realm
 * where no other candidate ever ran; a hostile candidate can forge its own outputs and nothing else.
 */
export interface Caller {
  readonly traits: {
    /** Conditions that this machine and this task can set. Others are refused, never ignored. */
    readonly sets: readonly (keyof Conditions)[];
  };
  /** The task's own inputs of these cases; undefined where only a declared generator makes some. */
  inputs?(cases: readonly number[], signal: AbortSignal): Promise<readonly Json[]>;
  /**
   * @throws PacelineError `CONFIG_INVALID` for a condition it cannot set, `EVALUATOR_FAILED` where the
   *   task's own part failed, `INFRASTRUCTURE` where the machine did.
   */
  call(request: CallRequest, signal: AbortSignal): Promise<Called>;
  close(): Awaitable<void>;
}

export interface CallRequest {
  readonly candidate: Candidate;
  readonly inputs: readonly Json[];
  readonly conditions?: Conditions;
  /** In a process that has answered nothing before. Default: one that may have, of this candidate. */
  readonly isCold?: boolean;
  /** Most time for all inputs together, ms, after which it is a time-out. Absent: the evaluator's, for each batch. */
  readonly withinMs?: number;
}

/**
 * A process of its own for each run, alone on the core that run times have, by our clock: a program that lies to
 * its own evaluator about the time cannot lie to this one.
 */
export interface Stopwatch {
  /** Cases in the order given, in one process that has run nothing before. @throws as `measure` does. */
  run(request: MeasureRequest, signal: AbortSignal): Promise<Stopped>;
}

export interface Stopped extends Measured {
  /** From before the process is started until it has ended. */
  readonly wallMs: number;
}
