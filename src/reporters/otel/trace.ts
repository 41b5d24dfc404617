/** What is remembered of a ledger while it becomes spans: bounded by what is under way. */
import type { EventBody, StoredEvent } from '../../core/events.ts';
import type { Hash } from '../../core/hash.ts';
import type { OpenCall } from './gen-ai.ts';
import { type Span, type SpanDraft, spanIdOf } from './span.ts';

/** A trial of which something is recorded and that has not ended: those under way alone. */
export interface TrialTrace {
  readonly trial: number;
  readonly id: string;
  readonly startMs: number;
  lastMs: number;
  calls: SpanDraft[];
  made?: StoredEvent<'proposal.made'>;
  settled?: StoredEvent<'trial.settled'>;
  promoted?: StoredEvent<'candidate.promoted'>;
  end?: string | undefined;
}

export interface Trace {
  readonly study: string;
  readonly isRunning: boolean;
  traceId: string;
  root: string;
  opening: Hash;
  opened: StoredEvent<'study.opened'> | undefined;
  closed: EventBody['study.closed'] | undefined;
  /** Of the entry before. */
  beforeMs: number;
  readonly trials: Map<number, TrialTrace>;
  readonly calls: Map<number, OpenCall & { readonly trial: number }>;
  /** The challenger whose fate is open. */
  open: TrialTrace | undefined;
  /** What the deep audit under way is of. */
  audited?: string;
  ready: Span[];
}

export function proposalId({ opening }: Pick<Trace, 'opening'>, trial: number): string {
  return spanIdOf(`proposal ${trial}`, opening);
}

export function confirmId({ opening }: Pick<Trace, 'opening'>, trial: number): string {
  return spanIdOf(`confirm ${trial}`, opening);
}
