import { type EventRow, NOT_LOGICAL } from './events.ts';
import { type Hash, sha256 } from './hash.ts';

/** Where a ledger stands: number of entries, hash of the last, and the digest of all logical parts. */
export interface Head {
  readonly seq: number;
  readonly hash: Hash;
  /** Digest over type, trial, actor and body only: equal for two runs that differ in times alone. */
  readonly logical: Hash;
}

export const GENESIS: Head = {
  seq: 0,
  hash: sha256('paceline.ledger/1'),
  logical: sha256('paceline.logical/1'),
};

type Columns = Omit<EventRow, 'hash'>;

/** Unit separator: cannot occur unescaped in JSON text, type or actor. */
const SEPARATOR = '\u001f';

/** The head after one more row. Hashes the stored bytes, never a canonical form (contracts.md, 4). */
export function nextHead(head: Head, row: Columns): Head {
  const { seq, type, v, trial, actor, body, meta } = row;
  const logicalText = [type, trial ?? '', actor, body].join(SEPARATOR);
  return {
    seq,
    hash: sha256([head.hash, seq, v, logicalText, meta].join(SEPARATOR)),
    logical: NOT_LOGICAL.has(type) ? head.logical : sha256(head.logical + SEPARATOR + logicalText),
  };
}
