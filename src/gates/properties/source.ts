/** Where the inputs of properties come from, and what is looked at with them. */
import type { CaseCost } from '../../claims/case-plan.ts';
import type { Candidate } from '../../core/candidate.ts';
import type { Clock } from '../../core/clock.ts';
import type { Hash } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { publicRoot } from '../../core/rng.ts';
import type { Caller } from '../../evaluators/contract.ts';
import type { Declared } from './declared.ts';
import type { Derived, DerivedOptions } from './derived.ts';
import type { Outputs } from './subject.ts';
import type { TalkOptions } from './talk.ts';

export interface PropertiesOptions extends DerivedOptions {
  readonly caller: Caller;
  readonly origin: Candidate;
  /** Where the user declares some; absent: derived ones alone. */
  readonly checks?: TalkOptions | undefined;
  /** Makes inputs where neither the module nor the task does. */
  readonly draw?: ((seed: number, count: number) => readonly Json[]) | undefined;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Of the same origin, as it was fixed for the study: it is not taken from this opening. */
  readonly cost?: CaseCost | undefined;
  /** What origins showed before, by id: benches of one config share it. Absent: it is looked at anew. */
  readonly shown?: OriginShown | undefined;
  /** Of a candidate's answers to 3,000 cases, by the clock; without a verdict after that. Default 60 s. */
  readonly limitMs?: number;
  /** CPU time of the origin's that the cases of one property may take; fewer are tried else. Default 10 s for 3,000. */
  readonly patienceMs?: number;
}

/** Origins on the inputs of the opening, which are the same each time, by id. */
export interface OriginShown {
  readonly answered: Map<Hash, Promise<Answered>>;
  readonly derived: Map<Hash, Promise<Derived>>;
}

export interface Answered {
  readonly outputs: Outputs;
  readonly perCase: PerCase;
}

/** What the origin took at the opening. */
export interface PerCase {
  readonly cpuMs: number;
  /** Of input and output as JSON. */
  readonly bytes: number;
}

export type Source = (seed: number, count: number, signal: AbortSignal) => Promise<readonly Json[]>;

export interface Parts {
  readonly options: PropertiesOptions;
  readonly declared: Declared | undefined;
  readonly source: Source;
}

/** The module's own inputs, else those of the task's cases, else drawn ones. */
export function sourceOf(
  { caller, draw }: PropertiesOptions,
  declared: Declared | undefined,
): Source | undefined {
  if (declared?.is.drawsInputs) return (seed, count, signal) => declared.draw(seed, count, signal);
  if (caller.inputs !== undefined) {
    return async (seed, count, signal) => {
      const root = publicRoot(`properties ${seed}`);
      const cases = Array.from({ length: count }, (_, i) => root.stream(i, 'case').u32());
      return (await caller.inputs?.(cases, signal)) ?? [];
    };
  }
  return draw && (async (seed, count) => draw(seed, count));
}
