/** A store that lives as long as the process: the oracle of the conformance suite, and for tests. */
import { GENESIS, type Head } from '../core/chain.ts';
import type { Clock } from '../core/clock.ts';
import type { EventRow } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import type { Blob, Ledger, Snapshot, Store } from './contract.ts';
import { encode, ownBlobs, type Position, readEvent } from './encode.ts';
import {
  closedHandle,
  type Owner,
  readOnlyHandle,
  studyLocked,
  unknownStudy,
} from './store-errors.ts';

/** All that is durable, which here means: what a reader may see. */
interface Content {
  readonly rows: EventRow[];
  readonly blobs: Map<Hash, Uint8Array>;
  snapshots: readonly Snapshot[];
  position: Position;
  owner: Owner | undefined;
}

const PAGE_SIZE = 1000;

/** Events become visible to readers with `flush` or `close`, never earlier. */
export function memoryStore({ clock }: { readonly clock: Clock }): Store {
  const studies = new Map<string, Content>();
  const list = async (): Promise<readonly string[]> => [...studies.keys()].sort();
  return {
    list,
    async open(study, mode) {
      const content = studies.get(study);
      if (mode === 'read') {
        if (!content) throw unknownStudy(study, await list());
        return openReader(content);
      }
      if (content?.owner) throw studyLocked(study, content.owner);
      const owned = content ?? empty();
      studies.set(study, owned);
      owned.owner = { pid: process.pid, host: 'this machine', startedMs: clock.wallMs() };
      return openWriter(owned, clock);
    },
  };
}

function empty(): Content {
  const position = { head: GENESIS, epoch: 0 };
  return { rows: [], blobs: new Map(), snapshots: [], position, owner: undefined };
}

type Reading = Pick<Ledger, 'read' | 'rows' | 'lastTrial' | 'blob' | 'loadSnapshot'>;

/** `check` throws once the handle is closed. */
function reading(content: Content, check: () => void): Reading {
  async function* pages(
    after: number,
    pageSize: number,
    types?: readonly string[],
  ): AsyncGenerator<EventRow[]> {
    for (let seq = after; ; ) {
      check();
      const page = pageOf(content.rows, seq, { types, pageSize });
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return;
      seq = last.seq;
    }
  }
  return {
    rows: (after, pageSize = PAGE_SIZE) => pages(after, pageSize),
    async *read(after, { types, pageSize = PAGE_SIZE } = {}) {
      for await (const page of pages(after, pageSize, types)) yield page.map(readEvent);
    },
    async lastTrial() {
      check();
      return content.rows.findLast(({ type }) => type === 'trial.settled')?.trial ?? -1;
    },
    async blob(hash) {
      check();
      return content.blobs.get(hash)?.slice();
    },
    async loadSnapshot(fold, atOrBefore) {
      check();
      const usable = content.snapshots.filter(
        (one) => one.fold === fold && one.committed <= atOrBefore,
      );
      const newest = usable.at(-1);
      return newest && { ...newest, bytes: Uint8Array.from(newest.bytes) };
    },
  };
}

interface PageOptions {
  readonly types: readonly string[] | undefined;
  readonly pageSize: number;
}

function pageOf(
  rows: readonly EventRow[],
  seq: number,
  { types, pageSize }: PageOptions,
): EventRow[] {
  if (types === undefined) return rows.slice(seq, seq + pageSize);
  return rows
    .slice(seq)
    .filter(({ type }) => types.includes(type))
    .slice(0, pageSize);
}

function openReader(content: Content): Ledger {
  let closed = false;
  const check = (): void => {
    if (closed) throw closedHandle();
  };
  const refuse = (): never => {
    throw readOnlyHandle();
  };
  return {
    ...reading(content, check),
    get head(): Head {
      return content.position.head;
    },
    get durable(): Head {
      return content.position.head;
    },
    append: refuse,
    flush: async () => refuse(),
    saveSnapshot: async () => refuse(),
    async close() {
      closed = true;
    },
  };
}

/** As many as the file-based store keeps, so that both select the same one. */
const SNAPSHOTS_KEPT = 3;

function openWriter(content: Content, clock: Clock): Ledger {
  let position = content.position;
  let waiting: { readonly rows: EventRow[]; readonly blobs: Blob[] } = { rows: [], blobs: [] };
  let closed = false;
  const check = (): void => {
    if (closed) throw closedHandle();
  };
  const commit = (): Head => {
    content.rows.push(...waiting.rows);
    for (const { hash, bytes } of waiting.blobs) content.blobs.set(hash, bytes);
    content.position = position;
    waiting = { rows: [], blobs: [] };
    return position.head;
  };
  return {
    ...reading(content, check),
    get head(): Head {
      return position.head;
    },
    get durable(): Head {
      return content.position.head;
    },
    append(drafts, blobs = []) {
      check();
      const copies = ownBlobs(blobs);
      const encoded = encode(position, drafts, clock.wallMs());
      position = encoded.position;
      waiting.rows.push(...encoded.rows);
      waiting.blobs.push(...copies);
      return encoded.events;
    },
    async flush() {
      check();
      return commit();
    },
    async saveSnapshot(snapshot) {
      check();
      commit();
      const others = content.snapshots.filter(({ seq }) => seq !== snapshot.seq);
      const all = [...others, { ...snapshot, bytes: Uint8Array.from(snapshot.bytes) }];
      content.snapshots = all.sort((a, b) => a.seq - b.seq).slice(-SNAPSHOTS_KEPT);
    },
    async close() {
      if (closed) return;
      commit();
      closed = true;
      content.owner = undefined;
    },
  };
}
