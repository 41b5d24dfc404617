/**
 * What is kept of a study in a second place: its signed roots, the records of the keys that signed them,
 * and of every entry so much of its hash that the first altered one can be named. Public: no text of a
 * ledger is in it.
 */
import { z } from 'zod';
import type { Hash } from './hash.ts';
import { keyRecord } from './key-records.ts';
import { SAFETY_EVENTS } from './safety-events.ts';

/** Of each entry's hash. A root decides whether anything was altered; these only say where. */
export const LEAF_BYTES = 4;

export const publishedRoots = z.strictObject({
  schema: z.literal('paceline.roots/1'),
  /** Its name, as people use it. */
  study: z.string().min(1),
  /** What its first entry commits to. */
  commit: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** When this was published: ms since 1970. */
  at: z.int().nonnegative(),
  keys: z.array(keyRecord).readonly(),
  /** In order, without a gap. The last may be of the closing entry, and is then in no ledger. */
  roots: z.array(SAFETY_EVENTS['root.signed']).readonly(),
  /** Base64, for the entries up to the `to` of the last root. */
  leaves: z.base64(),
});
export type PublishedRoots = z.infer<typeof publishedRoots>;
export type SignedRoot = PublishedRoots['roots'][number];

/** The first bytes of each hash, one after the other, base64. */
export function leavesOf(hashes: readonly Hash[]): string {
  return Buffer.concat(hashes.map(leafOf)).toString('base64');
}

/** Reads them back: whether the entry `seq` (from 1) with this hash is the one that was published. */
export function leafReader(leaves: string): {
  readonly count: number;
  readonly fits: (seq: number, hash: Hash) => boolean;
} {
  const bytes = Buffer.from(leaves, 'base64');
  return {
    count: Math.floor(bytes.length / LEAF_BYTES),
    fits: (seq, hash) =>
      bytes.subarray((seq - 1) * LEAF_BYTES, seq * LEAF_BYTES).equals(leafOf(hash)),
  };
}

function leafOf(hash: Hash): Buffer {
  return Buffer.from(hash.slice('sha256:'.length), 'hex').subarray(0, LEAF_BYTES);
}
