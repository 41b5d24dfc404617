/** Reporters see durable facts only and never steer. All hooks are optional. */
import type { OtherMetric } from '../claims/other-metrics.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Awaitable } from '../core/json.ts';

/** Absent where nothing limits it. */
export interface ShownLimits {
  readonly trials?: number;
  readonly evals?: number;
  readonly wallMs?: number;
  readonly microUsd?: number;
  readonly tokens?: number;
  readonly requests?: number;
}

export interface Progress {
  readonly study: string;
  readonly trials: number;
  readonly inFlight: number;
  readonly evals: number;
  readonly controlEvals: number;
  readonly confirms: number;
  readonly promotions: number;
  /** Requests that wait for a person; absent where none was ever made. */
  readonly waiting?: number;
  /** Trials ended by a stage; absent where there are none. */
  readonly stopped?: number;
  readonly activeMs: number;
  readonly budgetShare: number;
  readonly limits: ShownLimits;
  readonly phase: string;
  /** Which pair is measured, of how many, and against whom in a comparison. */
  readonly pair?: { readonly at: number; readonly of: number; readonly rival?: string } | undefined;
  readonly metric: string;
  /** Guards and informational metrics beside it. */
  readonly others?: readonly OtherMetric[];
  readonly unit: string;
  /** Of times a gain is the logarithm of a ratio of speeds. */
  readonly kind?: 'time' | undefined;
  /** Last promoted gain over its predecessor, metric units, with its 95 % interval; exact without one. */
  readonly lastGain?: { readonly effect: number; readonly interval?: readonly [number, number] };
  /** Mean of the latest evaluations of incumbent and origin, metric units. */
  readonly incumbent?: number;
  /** 95 % interval of that level, mean ± t; absent where fewer than two evaluations stand behind it. */
  readonly incumbentInterval?: readonly [number, number];
  readonly origin?: number;
  readonly control?: number;
}

export interface Reporter {
  onEvents?(events: readonly StoredEvent[]): void;
  onProgress?(progress: Progress): void;
  onEnd?(): Awaitable<void>;
}

/** A ledger up to one entry, which may be read more than once. */
export interface ExportSource {
  readonly study: string;
  /** A process holds it: more may follow. */
  readonly isRunning: boolean;
  readonly entries: () => AsyncIterable<readonly StoredEvent[]>;
  /** The readable source of a candidate's recorded text. */
  readonly toSource: (text: string) => string;
}

/** The pieces of one file, in order; memory does not grow with the study. */
export type Exporter = (source: ExportSource) => AsyncIterable<string | Uint8Array>;
