/** What a report may say: values that name the ledger entries they come from. */
import type { EventType, StoredEvent } from '../../core/events.ts';

/** All entries of some types between two entries (both included): for counts and sums. */
export interface EntrySpan {
  readonly from: number;
  readonly to: number;
  readonly types: readonly EventType[];
}

export interface Fact {
  readonly id: string;
  readonly value: number | string;
  /** As printed, everywhere. */
  readonly text: string;
  readonly unit?: string;
  readonly n?: number;
  readonly interval?: readonly [number, number];
  /** Ledger entries it comes from; with `span`, those beside the span. */
  readonly seqs: readonly number[];
  readonly span?: EntrySpan;
  /** One sentence: how it is derived. */
  readonly how: string;
}

/** Facts by id, in the order they were derived. */
export type FactBook = ReadonlyMap<string, Fact>;

export type AddFact = (fact: Fact) => void;

/** True where the fact may use this entry: the audit shows it no other. */
export function usesEntry(fact: Fact, event: Pick<StoredEvent, 'seq' | 'type'>): boolean {
  if (fact.seqs.includes(event.seq)) return true;
  const { span } = fact;
  return (
    span !== undefined &&
    event.seq >= span.from &&
    event.seq <= span.to &&
    span.types.includes(event.type)
  );
}

/** Consecutive numbers as ranges: `1, 640–643`. */
export function rangesText(seqs: readonly number[]): string {
  const ordered = [...new Set(seqs)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const seq of ordered) {
    const last = runs.at(-1);
    if (last && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** `entries 1, 640–655` or `every trial.settled of entries 1–18301`. */
export function entriesText(fact: Fact): string {
  const { seqs, span } = fact;
  const single =
    seqs.length > 0 ? [`${seqs.length === 1 ? 'entry' : 'entries'} ${rangesText(seqs)}`] : [];
  const spanned = span ? [`every ${span.types.join(', ')} of entries ${span.from}–${span.to}`] : [];
  return [...single, ...spanned].join('; ') || 'not from the ledger';
}
