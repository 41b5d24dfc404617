/** The two transactions that change a ledger's file: a batch of events, and a snapshot. */
import type { Head } from '../core/chain.ts';
import type { EventRow } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { LARGEST_INLINE_BYTES, writeBlobFile } from './blob-files.ts';
import type { Blob, Snapshot } from './contract.ts';
import type { Connection } from './sqlite-file.ts';
import { hashBytes } from './sqlite-read.ts';

export interface Batch {
  readonly rows: readonly EventRow[];
  readonly blobs: readonly Blob[];
  /** After the last row. */
  readonly head: Head;
}

export interface Inserting {
  /** All or nothing, and durable when it returns. */
  batch(batch: Batch): void;
  snapshot(snapshot: Snapshot): void;
}

/** contracts.md, SQL. */
const SNAPSHOTS_KEPT = 3;

const INSERT_EVENT = 'insert into event values (?, ?, ?, ?, ?, ?, ?, ?)';
/** Bytes that were pruned may come back; bytes that are there stay as they are. */
const INSERT_BLOB = `insert into blob values (?, ?, ?)
  on conflict (hash) do update set bytes = excluded.bytes where bytes is null`;
const SET_HEAD = `insert into meta values ('head', ?)
  on conflict (key) do update set value = excluded.value`;
const INSERT_SNAPSHOT = 'insert or replace into snapshot values (?, ?, ?, ?, ?)';
const PRUNE_SNAPSHOTS = `delete from snapshot where seq not in
  (select seq from snapshot order by seq desc limit ${SNAPSHOTS_KEPT})`;

export function inserting(db: Connection, folder: string): Inserting {
  const insertEvent = db.prepare(INSERT_EVENT);
  const insertBlob = db.prepare(INSERT_BLOB);
  const setHead = db.prepare(SET_HEAD);
  const insertSnapshot = db.prepare(INSERT_SNAPSHOT);
  return {
    batch({ rows, blobs, head }) {
      for (const blob of blobs) if (isLarge(blob)) writeBlobFile(folder, blob);
      transaction(db, () => {
        for (const blob of blobs) {
          const bytes = isLarge(blob) ? null : blob.bytes;
          insertBlob.run([hashBytes(blob.hash), blob.bytes.length, bytes]);
        }
        for (const { seq, type, v, trial, actor, body, meta, hash } of rows) {
          insertEvent.run([seq, type, v, trial, actor, body, meta, hashBytes(hash)]);
        }
        setHead.run([JSON.stringify(head)]);
      });
    },
    snapshot({ seq, committed, fold, bytes }) {
      transaction(db, () => {
        insertSnapshot.run([seq, committed, fold, hashBytes(sha256(bytes)), bytes]);
        db.exec(PRUNE_SNAPSHOTS);
      });
    },
  };
}

function isLarge({ bytes }: Blob): boolean {
  return bytes.length > LARGEST_INLINE_BYTES;
}

function transaction(db: Connection, work: () => void): void {
  db.exec('begin immediate');
  try {
    work();
    db.exec('commit');
  } catch (error) {
    // On a full disk SQLite has rolled back by itself.
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}
