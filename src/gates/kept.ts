/** What a check has written, read once and added to: the part that all checks with a record share. */
import { PacelineError } from '../core/errors.ts';
import { type GateEntry, readGateRows } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { GateBody, GateKind } from '../core/holdout.ts';
import type { GateStamp, GateStore } from './contract.ts';

export interface KeptParts {
  /** Called at the first use, when the caller holds the study. */
  readonly open: () => GateStore;
  readonly secretCommit: Hash;
}

export type EntryOf<K extends GateKind> = Extract<GateEntry, { readonly kind: K }>;

export interface Kept {
  readonly entries: readonly GateEntry[];
  of<K extends GateKind>(kind: K): readonly EntryOf<K>[];
  /** Durable when it returns. */
  write<K extends GateKind>(kind: K, body: GateBody<K>): EntryOf<K>;
  /** @throws PacelineError `GATE_STORE` unless the entry is there: an older copy has not got it. */
  require(stamp: GateStamp | undefined): void;
  close(): void;
}

/** One record has one list of entries, however many checks write to it. */
const SHARED = new WeakMap<GateStore, Shared>();

interface Shared {
  readonly entries: GateEntry[];
  readonly hearers: ((entry: GateEntry) => void)[];
}

/** `onEntry` sees every entry, in order. @throws PacelineError `GATE_STORE` for another's record. */
export function openKept(
  { open, secretCommit }: KeptParts,
  onEntry: (entry: GateEntry) => void = () => undefined,
): Kept {
  const store = open();
  const { entries, hearers } = sharedOf(store, secretCommit);
  entries.forEach(onEntry);
  hearers.push(onEntry);
  return {
    entries,
    of: <K extends GateKind>(kind: K) =>
      entries.filter((one): one is EntryOf<K> => one.kind === kind),
    write(kind, body) {
      const { entry, hash: evidence } = store.append(kind, JSON.stringify(body));
      const written = { entry, kind, body, evidence } as unknown as EntryOf<typeof kind>;
      entries.push(written);
      for (const hear of hearers) hear(written);
      return written;
    },
    require(stamp) {
      if (stamp === undefined || entries[stamp.entry - 1]?.evidence === stamp.evidence) return;
      throw behind(stamp.entry, entries.length);
    },
    close: () => store.close(),
  };
}

function sharedOf(store: GateStore, secretCommit: Hash): Shared {
  const known = SHARED.get(store);
  if (known) return known;
  const made = { entries: [...readGateRows(store.rows(), secretCommit)], hearers: [] };
  SHARED.set(store, made);
  return made;
}

function behind(entry: number, held: number): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    `The ledger names entry ${entry} of the gate's record, which holds ${held} entries and not that one: the record is an older copy or another study's. Restore the newer file, or start a new study; a gate whose answers are not all counted protects nothing.`,
    { entry, held },
  );
}
