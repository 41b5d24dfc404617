/**
 * The gate's own record: a hash chain apart from the ledger, so that a restored copy of the ledger
 * cannot make it forget what it has answered. The ledger names its entries by number and hash.
 */
import { PacelineError } from './errors.ts';
import { type Hash, sha256 } from './hash.ts';
import { GATE_BODIES, type GateBody, type GateKind } from './holdout.ts';

/** As stored: the text is what is hashed. */
export interface GateRow {
  /** From 1. */
  readonly entry: number;
  readonly kind: string;
  readonly body: string;
  readonly hash: Hash;
}

export type GateEntry = {
  readonly [K in GateKind]: {
    readonly entry: number;
    readonly kind: K;
    readonly body: GateBody<K>;
    readonly evidence: Hash;
  };
}[GateKind];

/** Unit separator: cannot occur unescaped in JSON text or a kind. */
const SEPARATOR = '\u001f';

/** The chain of one study begins with what the study committed to. */
export function gateGenesis(secretCommit: Hash): Hash {
  return sha256(['paceline.gate/1', secretCommit].join(SEPARATOR));
}

/** The row after the one with hash `before`. */
export function nextGateRow(before: Hash, row: Omit<GateRow, 'hash'>): GateRow {
  const { entry, kind, body } = row;
  return { ...row, hash: sha256([before, entry, kind, body].join(SEPARATOR)) };
}

/**
 * All rows of a gate's record, read and checked.
 * @throws PacelineError `GATE_STORE` at the first row that is not what was written.
 */
export function readGateRows(rows: readonly GateRow[], secretCommit: Hash): readonly GateEntry[] {
  let before = gateGenesis(secretCommit);
  return rows.map((row, i) => {
    const due = nextGateRow(before, { ...row, entry: i + 1 });
    before = due.hash;
    if (row.entry !== i + 1 || row.hash !== due.hash) throw altered(i + 1);
    return decoded(row);
  });
}

function decoded({ entry, kind, body, hash }: GateRow): GateEntry {
  if (!isGateKind(kind)) throw altered(entry);
  try {
    return {
      entry,
      kind,
      body: GATE_BODIES[kind].parse(JSON.parse(body)),
      evidence: hash,
    } as GateEntry;
  } catch {
    throw altered(entry);
  }
}

function isGateKind(kind: string): kind is GateKind {
  return Object.hasOwn(GATE_BODIES, kind);
}

function altered(entry: number): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    `Entry ${entry} of the gate's record is not what the gate wrote, or belongs to another study. Restore the file from a copy, or start a new study.`,
    { entry },
  );
}
