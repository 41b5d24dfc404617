/** Studies on disk: `<directory>/studies/<id>/ledger.db`, one SQLite file and one writer each. */
import { GENESIS, type Head } from '../core/chain.ts';
import type { Clock } from '../core/clock.ts';
import type { Ledger, Store } from './contract.ts';
import {
  type Connection,
  listLedgers,
  openForReading,
  openForWriting,
  readFailure,
  studyFolder,
} from './sqlite-file.ts';
import { reading } from './sqlite-read.ts';
import { openWriter } from './sqlite-write.ts';
import { closedHandle, readOnlyHandle, unknownStudy } from './store-errors.ts';
import { acquireLock } from './study-lock.ts';

export interface SqliteStoreOptions {
  /** The state folder; studies lie in `studies` below it. On a local disk: locks need one. */
  readonly directory: string;
  readonly clock: Clock;
}

export function sqliteStore({ directory, clock }: SqliteStoreOptions): Store {
  const list = async (): Promise<readonly string[]> => listLedgers(directory);
  return {
    list,
    async open(study, mode) {
      const folder = studyFolder(directory, study);
      if (mode === 'write') return openOwned(folder, study, clock);
      const known = await list();
      if (!known.includes(study)) throw unknownStudy(study, known);
      return openReader(folder);
    },
  };
}

function openOwned(folder: string, study: string, clock: Clock): Ledger {
  const lock = acquireLock(folder, study, clock.wallMs());
  let db: Connection | undefined;
  try {
    db = openForWriting(folder);
    return openWriter({ db, folder, clock, release: lock.release });
  } catch (error) {
    db?.close();
    lock.release();
    throw readFailure(folder, error);
  }
}

/** Takes no lock and makes nothing: works beside a writer and sees what is durable. */
function openReader(folder: string): Ledger {
  const db = openForReading(folder);
  let closed = false;
  const read = reading(db, folder, () => {
    if (closed) throw closedHandle();
  });
  let known = GENESIS;
  const durable = (): Head => {
    known = read.head(known);
    return known;
  };
  const refuse = (): never => {
    throw readOnlyHandle();
  };
  return {
    read: read.read,
    rows: read.rows,
    lastTrial: read.lastTrial,
    blob: read.blob,
    loadSnapshot: read.loadSnapshot,
    get head(): Head {
      return durable();
    },
    get durable(): Head {
      return durable();
    },
    append: refuse,
    flush: async () => refuse(),
    saveSnapshot: async () => refuse(),
    async close() {
      if (!closed) db.close();
      closed = true;
    },
  };
}
