/**
 * The file of a study's ledger: where it lies, how it is made, what its failures mean.
 *
 * Never open `ledger.db` or `study.lock` with `node:fs` in a process that writes the study: closing
 * any descriptor of a file drops the POSIX locks SQLite holds on it.
 *
 * Two calls end the whole process inside libsql 0.5: selecting as text what is not UTF-8, so every
 * column is cast to a blob; and a single buffer as parameter (libsql-js issue 114), so parameters
 * are always one array.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'libsql';
import { PacelineError } from '../core/errors.ts';
import { syncFolders } from './durable.ts';
import { diskFailed, reasonOf } from './store-errors.ts';

export type Connection = InstanceType<typeof Database>;

const FORMAT_VERSION = '1';

/** Tables as in contracts.md; `meta` also holds the head, a cache that saves a scan on open. */
const SCHEMA = `
create table event (
  seq integer primary key, type text not null, v integer not null, trial integer,
  actor text not null, body text not null, meta text not null, hash blob not null
);
create index event_trial on event (trial, seq) where trial is not null;
create index event_rare on event (type, seq) where type <> 'trial.settled';
create table blob (hash blob primary key, size integer not null, bytes blob);
create table snapshot (
  seq integer primary key, committed integer not null, fold text not null,
  hash blob not null, bytes blob not null
);
create table meta (key text primary key, value text not null);
insert into meta values ('format', '${FORMAT_VERSION}');
`;

/** 4,000 pages of 4 KiB: a checkpoint every 16 MiB of log. Cache 8 MiB. */
const WRITER_PRAGMAS = `
pragma synchronous = full;
pragma wal_autocheckpoint = 4000;
pragma cache_size = -8192;
`;
const BUSY_PRAGMA = 'pragma busy_timeout = 5000';

/** No name that leaves the folder, hides text or is too long for a file system. */
export const STUDY_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** @throws PacelineError `USAGE` for a name that could leave the folder. */
export function studyFolder(directory: string, study: string): string {
  if (STUDY_NAME.test(study)) return resolve(directory, 'studies', study);
  throw new PacelineError(
    'USAGE',
    `"${study}" is no name for a study. Use letters, digits, dots, dashes and underscores.`,
    { study },
  );
}

export function ledgerPath(folder: string): string {
  return join(folder, 'ledger.db');
}

/** Which file lies there now: undefined where none does. A writer whose file is another's writes to nobody. */
export function fileOf(folder: string): number | undefined {
  return statSync(ledgerPath(folder), { throwIfNoEntry: false })?.ino;
}

/** Names of the studies that have a ledger, in alphabetical order. */
export function listLedgers(directory: string): readonly string[] {
  const studies = resolve(directory, 'studies');
  if (!existsSync(studies)) return [];
  return readdirSync(studies)
    .filter((name) => existsSync(ledgerPath(join(studies, name))))
    .sort();
}

/** Opens an existing ledger without being able to change it. */
export function openForReading(folder: string): Connection {
  return opened(folder, () => {
    const db = new Database(readOnlyUri(ledgerPath(folder)));
    db.exec(BUSY_PRAGMA);
    return db;
  });
}

/** Opens or makes a ledger; the caller holds the study lock. */
export function openForWriting(folder: string): Connection {
  if (!existsSync(ledgerPath(folder))) createLedger(folder);
  return opened(folder, () => {
    const db = new Database(ledgerPath(folder));
    db.exec(BUSY_PRAGMA);
    db.exec('pragma journal_mode = wal');
    db.exec(WRITER_PRAGMAS);
    return db;
  });
}

/** Made under another name first: a ledger that exists is complete, one of no bytes is damage. */
function createLedger(folder: string): void {
  const path = `${ledgerPath(folder)}.new`;
  for (const rest of [path, `${path}-journal`]) rmSync(rest, { force: true });
  const db = new Database(path);
  try {
    db.exec(`pragma synchronous = full; begin; ${SCHEMA} commit;`);
  } finally {
    db.close();
  }
  renameSync(path, ledgerPath(folder));
  syncFolders(folder, dirname(folder));
}

function opened(folder: string, open: () => Connection): Connection {
  let db: Connection | undefined;
  try {
    db = open();
    checkFormat(db, folder);
    return db;
  } catch (error) {
    db?.close();
    throw readFailure(folder, error);
  }
}

function checkFormat(db: Connection, folder: string): void {
  const query = "select cast(value as blob) from meta where key = 'format'";
  const [row] = db.prepare(query).raw().all() as [Buffer][];
  const format = row?.[0].toString() ?? 'without a number';
  if (format === FORMAT_VERSION) return;
  throw new PacelineError(
    'LEDGER_VERSION',
    `The ledger in ${folder} has format ${format}; this release reads format ${FORMAT_VERSION}. Open it with the release that wrote it or a newer one.`,
    { folder, format },
  );
}

/** Codes that mean the file is not what we wrote; anything else is the disk. */
const DAMAGE = /^SQLITE_(NOTADB|CORRUPT|ERROR)/;

/** What went wrong while reading, as a sentence; a PacelineError passes through. */
export function readFailure(folder: string, cause: unknown): PacelineError {
  if (PacelineError.is(cause)) return cause;
  // Making a ledger and opening one to write need room.
  if (isDiskFull(cause)) return diskFailed(folder, cause);
  const code = DAMAGE.test(sqliteCode(cause)) ? 'LEDGER_ALTERED' : 'DISK_FAILED';
  const next =
    code === 'LEDGER_ALTERED'
      ? 'The file was altered, cut off or is no ledger; restore it from a copy.'
      : 'Check the disk and the rights of the folder, then try again.';
  return new PacelineError(
    code,
    `${ledgerPath(folder)} cannot be read: ${reasonOf(cause)}. ${next}`,
    { folder },
    { cause },
  );
}

/** As `node:fs` and SQLite say it; the last one where the index of the log finds no room. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);

export function isDiskFull(cause: unknown): boolean {
  return FULL.has(sqliteCode(cause));
}

/** The name SQLite, or the system, has for an error, or an empty text. */
export function sqliteCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

export function readOnlyUri(path: string): string {
  return `file:${resolve(path).split('/').map(encodeURIComponent).join('/')}?mode=ro`;
}
