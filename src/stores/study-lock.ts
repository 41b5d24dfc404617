/**
 * One writer per study: an exclusive transaction on a side file (contracts.md, 10). The kernel frees
 * it when the process ends, however it ends; there is no stale lock to remove. A transaction on the
 * ledger itself would shut readers out. Not for network file systems.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import {
  type Connection,
  isDiskFull,
  readOnlyUri,
  sqliteCode,
  studyFolder,
} from './sqlite-file.ts';
import { type Owner, reasonOf, studyLocked } from './store-errors.ts';

const owner: z.ZodType<Owner> = z.object({
  pid: z.int(),
  host: z.string(),
  startedMs: z.number(),
});

export interface StudyLock {
  release(): void;
}

/** Long enough for a look by `lockOwner` to pass, short enough to call a refusal immediate. */
const LOCK_WAIT_MS = 25;

/**
 * @throws PacelineError `STUDY_LOCKED` naming the owner, `DISK_FAILED` on a full disk, `WORKSPACE` when the
 *   folder is not writable.
 */
export function acquireLock(folder: string, study: string, startedMs: number): StudyLock {
  const ownerFile = join(folder, 'owner.json');
  const db = lockFile(folder, study);
  try {
    // A writer that ends between the two calls leaves its name behind; the next one replaces it.
    writeFileSync(ownerFile, JSON.stringify({ pid: process.pid, host: hostname(), startedMs }));
  } catch (cause) {
    db.close();
    throw notWritable(folder, cause);
  }
  return {
    release() {
      rmSync(ownerFile, { force: true });
      db.close();
    },
  };
}

/**
 * Who writes the study now; undefined when nobody does, or the writer has not written its name yet.
 * `directory` is the state folder, as for `sqliteStore`.
 */
export function lockOwner(directory: string, study: string): Owner | undefined {
  return ownerOf(studyFolder(directory, study));
}

/** The same of any folder that `acquireLock` was given. */
export function ownerOf(folder: string): Owner | undefined {
  return isLocked(folder) ? readOwner(folder) : undefined;
}

function lockFile(folder: string, study: string): Connection {
  let db: Connection | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    db = new Database(join(folder, 'study.lock'));
    db.exec(`pragma busy_timeout = ${LOCK_WAIT_MS}`);
    db.exec('begin exclusive');
    return db;
  } catch (cause) {
    db?.close();
    if (sqliteCode(cause).startsWith('SQLITE_BUSY')) throw studyLocked(study, readOwner(folder));
    throw notWritable(folder, cause);
  }
}

/** Asks for a shared lock on the side file and gives it back at once. */
function isLocked(folder: string): boolean {
  let db: Connection | undefined;
  try {
    db = new Database(readOnlyUri(join(folder, 'study.lock')));
    db.exec('pragma busy_timeout = 0');
    db.exec('begin; select count(*) from sqlite_master; rollback');
    return false;
  } catch (error) {
    return sqliteCode(error).startsWith('SQLITE_BUSY');
  } finally {
    db?.close();
  }
}

function readOwner(folder: string): Owner | undefined {
  try {
    return owner.parse(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

function notWritable(folder: string, cause: unknown): PacelineError {
  const isFull = isDiskFull(cause);
  const remedy = isFull ? 'Free some space' : 'Make it writable, on a local disk,';
  return new PacelineError(
    isFull ? 'DISK_FAILED' : 'WORKSPACE',
    `The study folder ${folder} cannot be locked: ${reasonOf(cause)}. ${remedy} and try again.`,
    { folder },
    { cause },
  );
}
