/**
 * The writing handle. Events wait in memory and reach the disk together: one transaction and one
 * fdatasync for up to 256 of them (contracts.md, 2).
 */
import type { Head } from '../core/chain.ts';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventRow } from '../core/events.ts';
import type { Blob, Ledger } from './contract.ts';
import { encode, ownBlobs } from './encode.ts';
import { type Connection, fileOf } from './sqlite-file.ts';
import { type Inserting, inserting } from './sqlite-insert.ts';
import { reading } from './sqlite-read.ts';
import { closedHandle, diskFailed, ledgerGone, poisonedHandle } from './store-errors.ts';

/** Beyond this a larger batch saves nothing (contracts.md, 2). */
const BATCH_EVENTS = 256;
/** No event waits longer than this on a fast disk. */
const LONGEST_WAIT_MS = 5;
/** On a slow disk the wait grows with the commit: commits take at most a fifth of the time. */
const WAITS_PER_COMMIT = 4;

export interface WriterParts {
  readonly db: Connection;
  readonly folder: string;
  readonly clock: Clock;
  /** Called once, when the handle is closed. */
  readonly release: () => void;
}

/** @throws PacelineError `LEDGER_ALTERED` when the last entries do not chain. */
export function openWriter({ db, folder, clock, release }: WriterParts): Ledger {
  const health = healthOf(folder);
  const read = reading(db, folder, health.check);
  let position = read.position();
  const insert = inPlace(inserting(db, folder), folder);
  const commits = groupCommit({ insert, clock, health, durable: position.head });

  return {
    read: read.read,
    rows: read.rows,
    lastTrial: read.lastTrial,
    blob: read.blob,
    loadSnapshot: read.loadSnapshot,
    get head(): Head {
      return position.head;
    },
    get durable(): Head {
      return commits.durable();
    },
    append(drafts, blobs = []) {
      health.check();
      const owned = ownBlobs(blobs);
      const encoded = encode(position, drafts, clock.wallMs());
      position = encoded.position;
      commits.add(encoded.rows, owned, position.head);
      return encoded.events;
    },
    async flush() {
      health.check();
      return commits.commit();
    },
    async saveSnapshot(snapshot) {
      health.check();
      commits.commit();
      health.guard(() => insert.snapshot(snapshot));
    },
    async close() {
      if (health.isClosed()) return;
      try {
        health.end(() => commits.commit());
      } finally {
        commits.stop();
        closeDatabase(db);
        release();
      }
    },
  };
}

/** Everything goes to the file that was opened: one that is gone takes what is written with it. */
function inPlace(insert: Inserting, folder: string): Inserting {
  const opened = fileOf(folder);
  const check = (): void => {
    if (fileOf(folder) !== opened) throw ledgerGone(folder);
  };
  return {
    batch(entries) {
      check();
      insert.batch(entries);
    },
    snapshot(snapshot) {
      check();
      insert.snapshot(snapshot);
    },
  };
}

interface Health {
  /** Throws when the handle is closed or poisoned; the first caller to see it learns the cause. */
  readonly check: () => void;
  /** Poisons the handle when the work throws, and throws the cause. */
  readonly guard: (work: () => void) => void;
  /** The same where nobody is there to be told: the next caller is. */
  readonly guardQuietly: (work: () => void) => void;
  readonly isClosed: () => boolean;
  /** The last work of a handle; a failure nobody has seen yet is thrown here. */
  readonly end: (work: () => void) => void;
}

function healthOf(folder: string): Health {
  let failure: PacelineError | undefined;
  let isTold = false;
  let closed = false;
  const check = (): void => {
    if (closed) throw closedHandle();
    if (failure === undefined) return;
    if (isTold) throw poisonedHandle(failure);
    isTold = true;
    throw failure;
  };
  const guardQuietly = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      failure = PacelineError.is(cause) ? cause : diskFailed(folder, cause);
    }
  };
  return {
    check,
    guardQuietly,
    guard(work) {
      guardQuietly(work);
      check();
    },
    isClosed: () => closed,
    end(work) {
      try {
        if (!isTold) check();
        if (failure === undefined) work();
      } finally {
        closed = true;
      }
    },
  };
}

interface GroupCommit {
  add(rows: readonly EventRow[], blobs: readonly Blob[], head: Head): void;
  commit(): Head;
  durable(): Head;
  stop(): void;
}

interface GroupCommitParts {
  readonly insert: Inserting;
  readonly clock: Clock;
  readonly health: Health;
  readonly durable: Head;
}

function groupCommit({ insert, clock, health, durable: start }: GroupCommitParts): GroupCommit {
  let durable = start;
  let head = start;
  let rows: EventRow[] = [];
  let blobs: Blob[] = [];
  let dueMs = 0;
  let lastCommitMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const commit = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (rows.length === 0 && blobs.length === 0) return;
    const startMs = clock.monotonicMs();
    insert.batch({ rows, blobs, head });
    lastCommitMs = clock.monotonicMs() - startMs;
    rows = [];
    blobs = [];
    durable = head;
  };
  /** So that the events of a loop that has gone quiet become durable too. */
  const wait = (nowMs: number): void => {
    const waitMs = Math.max(LONGEST_WAIT_MS, WAITS_PER_COMMIT * lastCommitMs);
    dueMs = nowMs + waitMs;
    timer = setTimeout(() => health.guardQuietly(commit), waitMs).unref();
  };
  return {
    commit() {
      health.guard(commit);
      return durable;
    },
    durable: () => durable,
    stop: () => clearTimeout(timer),
    add(newRows, newBlobs, newHead) {
      for (const row of newRows) rows.push(row);
      blobs.push(...newBlobs);
      head = newHead;
      const nowMs = clock.monotonicMs();
      if (timer === undefined) wait(nowMs);
      if (rows.length >= BATCH_EVENTS || nowMs >= dueMs) health.guard(commit);
    },
  };
}

/** Moves the log into the file if no reader is in the way, so that a copy needs one file only. */
function closeDatabase(db: Connection): void {
  try {
    db.exec('pragma busy_timeout = 0');
    db.exec('pragma wal_checkpoint(truncate)');
  } catch {
    // The log stays beside the file and is read from there.
  }
  db.close();
}
