/**
 * Merkle tree hash of RFC 6962 (Certificate Transparency, section 2.1), over the hashes of ledger entries.
 * Leaves and nodes are hashed under different prefixes, so that no inner node passes for an entry.
 */
import { type Hash, sha256 } from './hash.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Root over entries in their order; of none it is the hash of nothing. */
export function merkleRoot(entries: readonly Hash[]): Hash {
  let level = entries.map((entry) => sha256(Buffer.concat([LEAF, bytesOf(entry)])));
  if (level.length === 0) return sha256('');
  // An odd one goes up unpaired: level by level the same tree as the RFC's split at a power of two.
  while (level.length > 1) level = level.flatMap((left, i) => pairedAt(level, left, i));
  return level[0] as Hash;
}

function pairedAt(level: readonly Hash[], left: Hash, i: number): readonly Hash[] {
  if (i % 2 === 1) return [];
  const right = level[i + 1];
  if (right === undefined) return [left];
  return [sha256(Buffer.concat([NODE, bytesOf(left), bytesOf(right)]))];
}

/** What cannot be one, such as a damaged column, is hashed as it is: it is no honest entry's leaf. */
function bytesOf(hash: Hash): Uint8Array {
  return /^sha256:[0-9a-f]{64}$/.test(hash) ? Buffer.from(hash.slice(7), 'hex') : Buffer.from(hash);
}
