/**
 * The gate's record as a SQLite file beside the secret, mode 0600, apart from the study's folder: a
 * copy of that folder put back does not bring an older count with it. One writer, the engine that
 * holds the study; whoever reads beside it sees what is durable.
 */
import { closeSync, existsSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { PacelineError } from '../core/errors.ts';
import { type GateRow, gateGenesis, nextGateRow } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { GateStore } from './contract.ts';

type Connection = InstanceType<typeof Database>;

export interface RecordFile {
  readonly path: string;
  /** What the chain of the study begins with. */
  readonly secretCommit: Hash;
}

const SCHEMA = `
create table entry (entry integer primary key, kind text not null, body text not null, hash text not null);
`;
/** No second file beside it whose rights or copies would have to be thought of. */
const PRAGMAS = `
pragma busy_timeout = 5000;
pragma journal_mode = delete;
pragma synchronous = full;
`;
const OWNER_ONLY = 0o600;

/** @throws PacelineError `GATE_STORE` when it is there already or cannot be written. */
export function createRecord(path: string): void {
  attempt(path, 'made', () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'wx', OWNER_ONLY));
    const db = opened(path);
    try {
      db.exec(`begin; ${SCHEMA} commit;`);
    } finally {
      db.close();
    }
  });
}

/** @throws PacelineError `GATE_STORE` when it is missing, no such file, or others can reach it. */
export function openRecord({ path, secretCommit }: RecordFile): GateStore {
  if (!existsSync(path)) throw missing(path);
  requireSealed(path);
  const db = attempt(path, 'read', () => opened(path));
  try {
    return recordOf(db, { path, secretCommit });
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The rows as they are durable now; undefined where there is no file. */
export function readRecord(path: string): readonly GateRow[] | undefined {
  if (!existsSync(path)) return undefined;
  return attempt(path, 'read', () => {
    const uri = `file:${resolve(path).split('/').map(encodeURIComponent).join('/')}?mode=ro`;
    const db = new Database(uri);
    try {
      db.exec('pragma busy_timeout = 5000');
      return rowsOf(db);
    } finally {
      db.close();
    }
  });
}

function recordOf(db: Connection, { path, secretCommit }: RecordFile): GateStore {
  const rows = [...attempt(path, 'read', () => rowsOf(db))];
  const insert = db.prepare('insert into entry values (?, ?, ?, ?)');
  let isClosed = false;
  return {
    rows: () => rows,
    append(kind, body) {
      const before = rows.at(-1)?.hash ?? gateGenesis(secretCommit);
      const row = nextGateRow(before, { entry: rows.length + 1, kind, body });
      attempt(path, 'written', () => {
        // A prepared statement would go on writing to a file that is closed.
        if (isClosed) throw new Error('it was closed');
        try {
          insert.run([row.entry, row.kind, row.body, row.hash]);
        } catch (cause) {
          throw isTaken(cause) ? overtaken(path) : cause;
        }
      });
      rows.push(row);
      return row;
    },
    close() {
      if (!isClosed) db.close();
      isClosed = true;
    },
  };
}

function opened(path: string): Connection {
  const db = new Database(path);
  try {
    db.exec(PRAGMAS);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Selected as blobs: libsql ends the process on text that is not UTF-8. */
function rowsOf(db: Connection): readonly GateRow[] {
  const columns = ['kind', 'body', 'hash'].map((name) => `cast(${name} as blob)`).join(', ');
  const found = db.prepare(`select entry, ${columns} from entry order by entry`).raw().all();
  return (found as [number, Buffer, Buffer, Buffer][]).map(([entry, kind, body, hash]) => ({
    entry,
    kind: kind.toString(),
    body: body.toString(),
    hash: hash.toString(),
  }));
}

const OTHERS = 0o077;

/** What the hold-out gave, and why something was refused, stand in it. */
function requireSealed(path: string): void {
  for (const [one, mode] of [
    [dirname(path), '700'],
    [path, '600'],
  ] as const) {
    if ((lstatSync(one).mode & OTHERS) === 0) continue;
    throw new PacelineError(
      'GATE_STORE',
      `${one} can be reached by other users, and the gate's reasons and sealed values lie there, so nothing is judged. Close it: chmod ${mode} ${one}. If somebody may have read it meanwhile, start a new study.`,
      { path: one },
    );
  }
}

/** The number of the next entry is there already. */
function isTaken(cause: unknown): boolean {
  return String((cause as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT');
}

function overtaken(path: string): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    `Another gatekeeper wrote to ${path} meanwhile, one that was about to end. Nothing is lost: run paceline resume.`,
    { path },
  );
}

function missing(path: string): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    `The gate's record ${path} is gone, so nobody knows how often the hold-out was asked. Restore the file, or start a new study.`,
    { path },
  );
}

function attempt<T>(path: string, what: 'made' | 'read' | 'written', work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (PacelineError.is(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PacelineError(
      'GATE_STORE',
      `The gate's record ${path} cannot be ${what}: ${reason}. Check the disk and the rights of the folder, or restore the file from a copy.`,
      { path },
      { cause },
    );
  }
}
