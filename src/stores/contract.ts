/**
 * Obligations of a store, before its methods:
 * 1. `append` is all-or-nothing per flush, and in order.
 * 2. Once `flush` resolves, its events survive power loss.
 * 3. Exactly one writer: a second `open(…, 'write')` throws `STUDY_LOCKED` and names the owner.
 * 4. Stored bytes are never rewritten.
 * 5. A snapshot is a cache and may be lost at any time.
 * 6. Readers see durable events only.
 * 7. A failed flush poisons the handle: everything after it throws `HANDLE_POISONED`.
 */
import type { Head } from '../core/chain.ts';
import type { EventDraft, EventRow, EventType, StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';

export interface Store {
  open(study: string, mode: 'read' | 'write'): Promise<Ledger>;
  list(): Promise<readonly string[]>;
}

export interface Blob {
  readonly hash: Hash;
  readonly bytes: Uint8Array;
}

export interface Snapshot {
  readonly seq: number;
  /** Trials settled when it was taken. */
  readonly committed: number;
  /** Version of every folded part; another version is not loaded. */
  readonly fold: string;
  readonly bytes: Uint8Array;
}

export interface ReadOptions {
  readonly types?: readonly EventType[];
  readonly pageSize?: number;
}

export interface Ledger {
  /** Includes events that are not durable yet. */
  readonly head: Head;
  readonly durable: Head;
  /** Assigns seq and hash now, in memory; durable with the next group commit. */
  append(drafts: readonly EventDraft[], blobs?: readonly Blob[]): readonly StoredEvent[];
  /** Output commit: await before any effect the outside can see. */
  flush(): Promise<Head>;
  /** Durable events with seq > after, in order, one page at a time. */
  read(after: number, options?: ReadOptions): AsyncIterable<readonly StoredEvent[]>;
  /** The rows as stored, for verification: nothing parsed, nothing trusted. */
  rows(after: number, pageSize?: number): AsyncIterable<readonly EventRow[]>;
  /** Number of the last durable `trial.settled`, or −1. Must not scan the ledger. */
  lastTrial(): Promise<number>;
  blob(hash: Hash): Promise<Uint8Array | undefined>;
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /** The newest usable snapshot with `committed <= atOrBefore` and the same fold version. */
  loadSnapshot(fold: string, atOrBefore: number): Promise<Snapshot | undefined>;
  close(): Promise<void>;
}
