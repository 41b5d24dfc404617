/** Reading a ledger's file: the same queries serve the writer and everybody else. */
import { GENESIS, type Head, nextHead } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventMeta } from '../core/event-meta.ts';
import type { EventRow } from '../core/events.ts';
import { type Hash, sha256 } from '../core/hash.ts';
import { readBlobFile } from './blob-files.ts';
import type { Ledger, Snapshot } from './contract.ts';
import { type Position, readEvent } from './encode.ts';
import { type Connection, readFailure } from './sqlite-file.ts';
import { alteredBlob } from './store-errors.ts';

/** A page of 1,000 entries keeps the event loop for about 10 ms. */
const PAGE_SIZE = 1000;
/** So many last entries are checked before a writer goes on; `verify` checks them all. */
const TAIL_ROWS = 64;

/** Cast one by one: a damaged file must never end the process (sqlite-file.ts). */
const COLUMNS = `seq, cast(type as blob), cast(v as integer), cast(trial as integer),
  cast(actor as blob), cast(body as blob), cast(meta as blob), cast(hash as blob)`;
type RawRow = [number, Buffer, number, number | null, Buffer, Buffer, Buffer, Buffer];

export interface Reading
  extends Pick<Ledger, 'read' | 'rows' | 'lastTrial' | 'blob' | 'loadSnapshot'> {
  /** The durable head; `known` saves a scan when the cached one is missing. */
  head(known: Head): Head;
  /** Where a writer goes on. @throws PacelineError `LEDGER_ALTERED` when the last entries do not chain. */
  position(): Position;
}

/** `check` throws when the handle may not be used; it runs before each query. */
export function reading(db: Connection, folder: string, check: () => void): Reading {
  const all = <Row>(sql: string, ...parameters: readonly unknown[]): Row[] => {
    check();
    try {
      return db
        .prepare(sql)
        .raw()
        .all([...parameters]) as Row[];
    } catch (error) {
      throw readFailure(folder, error);
    }
  };
  async function* pages(
    after: number,
    pageSize: number,
    types?: readonly string[],
  ): AsyncGenerator<EventRow[]> {
    const sql = pageQuery(types);
    for (let seq = after; ; ) {
      const page = all<RawRow>(sql, ...(types ?? []), seq, pageSize).map(rowOf);
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return;
      seq = last.seq;
    }
  }
  const page = (after: number, size: number): EventRow[] =>
    all<RawRow>(pageQuery(), after, size).map(rowOf);
  return {
    rows: (after, pageSize = PAGE_SIZE) => pages(after, pageSize),
    async *read(after, { types, pageSize = PAGE_SIZE } = {}) {
      for await (const rows of pages(after, pageSize, types)) yield rows.map(readEvent);
    },
    lastTrial: async () => all<[number]>(LAST_TRIAL)[0]?.[0] ?? -1,
    blob: async (hash) => findBlob(all, folder, hash),
    loadSnapshot: async (fold, atOrBefore) => findSnapshot(all, fold, atOrBefore),
    head: (known) => findHead(all, page, known),
    position() {
      const head = findHead(all, page, GENESIS);
      const first = Math.max(1, head.seq - TAIL_ROWS);
      const tail = page(first - 1, TAIL_ROWS + 1);
      checkTail(tail, first);
      return { head, epoch: epochOf(tail.at(-1)) };
    },
  };
}

type Query = <Row>(sql: string, ...parameters: readonly unknown[]) => Row[];
type Page = (after: number, size: number) => EventRow[];

/** Rare types have an index of their own, usable only when `trial.settled` is excluded in words. */
function pageQuery(types?: readonly string[]): string {
  const named = types && `type in (${types.map(() => '?').join(', ')}) and`;
  const rare = types && !types.includes('trial.settled') ? "type <> 'trial.settled' and" : '';
  return `select ${COLUMNS} from event where ${named ?? ''} ${rare} seq > ? order by seq limit ?`;
}

/** Walks the index of trials backwards: later events of a trial may follow, but only a few. */
const LAST_TRIAL = `select cast(trial as integer) from event
  where trial is not null and type = 'trial.settled' order by trial desc limit 1`;

function rowOf([seq, type, v, trial, actor, body, meta, hash]: RawRow): EventRow {
  return {
    seq,
    type: type.toString(),
    v,
    trial,
    actor: actor.toString(),
    body: body.toString(),
    meta: meta.toString(),
    hash: `sha256:${hash.toString('hex')}`,
  };
}

/** As a column: the 32 bytes themselves. */
export function hashBytes(hash: Hash): Buffer {
  return Buffer.from(hash.slice('sha256:'.length), 'hex');
}

/** One statement, so that both parts are of one moment while a writer is at work. */
const LAST_ROW = `select seq, cast(hash as blob),
  (select cast(value as blob) from meta where key = 'head') from event order by seq desc limit 1`;

/**
 * The last entry gives sequence and hash; its logical digest comes from the cached head if that
 * belongs to it, else from a scan after `known`.
 */
function findHead(all: Query, page: Page, known: Head): Head {
  const [last] = all<[number, Buffer, Buffer | null]>(LAST_ROW);
  if (last === undefined) return GENESIS;
  const seq = last[0];
  const hash = `sha256:${last[1].toString('hex')}`;
  if (seq === known.seq) return known;
  const cached = parseHead(last[2]);
  if (cached?.seq === seq && cached.hash === hash) return cached;
  let head = known.seq < seq ? known : GENESIS;
  for (let rows = page(head.seq, PAGE_SIZE); rows.length > 0; rows = page(head.seq, PAGE_SIZE)) {
    for (const row of rows) head = { ...nextHead(head, row), hash: row.hash };
  }
  return head;
}

function parseHead(text: Buffer | null): Head | undefined {
  try {
    return JSON.parse(String(text)) as Head;
  } catch {
    return undefined;
  }
}

/** The first row only anchors the others, unless it is the first of the ledger. */
function checkTail(tail: readonly EventRow[], first: number): void {
  let before: Head | undefined = first === 1 ? GENESIS : undefined;
  for (const [i, row] of tail.entries()) {
    const isSound = before === undefined || nextHead(before, row).hash === row.hash;
    if (row.seq !== first + i || !isSound) throw brokenTail(first + i);
    before = { seq: row.seq, hash: row.hash, logical: GENESIS.logical };
  }
}

function brokenTail(seq: number): PacelineError {
  return new PacelineError(
    'LEDGER_ALTERED',
    `Entry ${seq} of the ledger does not follow from the one before it. The file was altered; run paceline verify and restore a copy.`,
    { seq },
  );
}

function epochOf(row: EventRow | undefined): number {
  return row === undefined ? 0 : ((JSON.parse(row.meta) as EventMeta).epoch ?? 0);
}

function findBlob(all: Query, folder: string, hash: Hash): Uint8Array | undefined {
  const [row] = all<[Buffer | null]>(
    'select cast(bytes as blob) from blob where hash = ?',
    hashBytes(hash),
  );
  if (row === undefined) return undefined;
  const bytes = row[0] ? Uint8Array.from(row[0]) : readBlobFile(folder, hash);
  if (bytes && sha256(bytes) !== hash) throw alteredBlob(hash);
  return bytes;
}

type RawSnapshot = [seq: number, committed: number, hash: Buffer, bytes: Buffer];

/** A damaged snapshot, or one ahead of the ledger, is passed over: it is only a cache. */
const USABLE_SNAPSHOTS = `select seq, cast(committed as integer), cast(hash as blob), cast(bytes as blob)
  from snapshot where fold = ? and committed <= ?
  and seq <= (select coalesce(max(seq), 0) from event) order by seq desc`;

function findSnapshot(all: Query, fold: string, atOrBefore: number): Snapshot | undefined {
  const rows = all<RawSnapshot>(USABLE_SNAPSHOTS, fold, atOrBefore);
  const whole = rows.find(
    ([, , hash, bytes]) => sha256(bytes) === `sha256:${hash.toString('hex')}`,
  );
  if (whole === undefined) return undefined;
  const [seq, committed, , bytes] = whole;
  return { seq, committed, fold, bytes: Uint8Array.from(bytes) };
}
