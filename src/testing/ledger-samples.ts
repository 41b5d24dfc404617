/** What the laws of stores put into a ledger and get out of it. */
import type { EventRow, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { Blob, Ledger, ReadOptions, Snapshot } from '../stores/contract.ts';

export async function pagesOf(
  ledger: Ledger,
  after: number,
  options: ReadOptions,
): Promise<StoredEvent[][]> {
  const pages: StoredEvent[][] = [];
  for await (const page of ledger.read(after, options)) pages.push([...page]);
  return pages;
}

export async function allRows(ledger: Ledger): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for await (const page of ledger.rows(0)) rows.push(...page);
  return rows;
}

export function snapshotOf(committed: number, fold = 'fold/1'): Snapshot {
  return { seq: committed, committed, fold, bytes: Uint8Array.of(committed % 256, 1, 2) };
}

/** The same size gives the same bytes. */
export function blobOf(size: number): Blob {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) % 256);
  return { hash: sha256(bytes), bytes };
}
