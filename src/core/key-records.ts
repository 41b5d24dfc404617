/**
 * Which key signs, from when to when: a chain of records, each bound to the one before it and signed by
 * the key that was current then. Whoever has noted the last record sees any other history.
 */
import { z } from 'zod';
import { canonicalJson, type Hash, sha256 } from './hash.ts';
import type { Json } from './json.ts';
import { keyIdOf, verifySignature } from './signature.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
const publicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const wallMs = z.int().nonnegative();

const common = {
  schema: z.literal('paceline.key/1'),
  /** From 1. */
  number: z.int().positive(),
  /** Of the record before, as `recordHash` gives it; null for the first. */
  previous: hash.nullable(),
  /** When it was made: ms since 1970. */
  at: wallMs,
  /** Key that signed this record. */
  signedBy: hash,
  signature,
};

export const keyRecord = z.discriminatedUnion('kind', [
  /** A key signed by itself: the first, or one made where the key before it was lost (`reason` says so). */
  z.strictObject({
    ...common,
    kind: z.literal('made'),
    key: hash,
    publicKey,
    reason: z.string().optional(),
  }),
  /** The next key, signed by the one it replaces. */
  z.strictObject({
    ...common,
    kind: z.literal('rotated'),
    key: hash,
    publicKey,
    reason: z.string().optional(),
  }),
  /** What `key` signed from `from` on (ms since 1970) counts for nothing. */
  z.strictObject({
    ...common,
    kind: z.literal('revoked'),
    key: hash,
    from: wallMs,
    reason: z.string(),
  }),
]);
export type KeyRecord = z.infer<typeof keyRecord>;

/** Distributes over the kinds, so that each keeps its own fields. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A record that nobody has signed yet. */
export type UnsignedKeyRecord = Without<KeyRecord, 'signature'>;

export function recordHash(record: KeyRecord): Hash {
  return sha256(canonicalJson(record as Json));
}

/** What is signed of a record: all of it but the signature. */
export function recordStatement(record: UnsignedKeyRecord | KeyRecord): string {
  const { signature: _, ...said } = record as KeyRecord;
  return canonicalJson(said as Json);
}

export interface KeySpan {
  readonly key: Hash;
  readonly publicKey: string;
  /** Both in ms since 1970; `to` absent while it is the current one. */
  readonly from: number;
  readonly to?: number;
  readonly revoked?: { readonly from: number; readonly reason: string };
}

export interface KeyRing {
  /** In the order in which they were made; the last is the current one. */
  readonly spans: readonly KeySpan[];
  readonly current: KeySpan | undefined;
}

export interface RecordFault {
  /** Of the first record that does not hold, from 1. */
  readonly number: number;
  readonly why: string;
}

/** Follows the chain to its first fault; the ring is what stands before it. */
export function readKeyRecords(records: readonly KeyRecord[]): {
  readonly ring: KeyRing;
  readonly fault?: RecordFault;
} {
  const spans: KeySpan[] = [];
  for (const [i, record] of records.entries()) {
    const why = faultOf(record, { number: i + 1, before: records[i - 1], spans });
    const ring = { spans, current: spans.at(-1) };
    if (why !== undefined) return { ring, fault: { number: i + 1, why } };
    add(spans, record);
  }
  return { ring: { spans, current: spans.at(-1) } };
}

interface Place {
  readonly number: number;
  readonly before: KeyRecord | undefined;
  readonly spans: readonly KeySpan[];
}

function faultOf(record: KeyRecord, { number, before, spans }: Place): string | undefined {
  const previous = before === undefined ? null : recordHash(before);
  if (record.number !== number) return `it is numbered ${record.number}`;
  if (record.previous !== previous) return 'it does not follow from the record before it';
  const isNew = record.kind !== 'revoked';
  if (isNew && keyIdOf(record.publicKey) !== record.key) return 'its id is not that of its key';
  if (isNew && spans.some(({ key }) => key === record.key)) return 'its key was there before';
  if (!isNew && !spans.some(({ key }) => key === record.key)) return 'it revokes a key nobody had';
  const current = spans.at(-1);
  if (!isNew && record.key === current?.key) return 'it revokes the key that is current';
  const signer = record.kind === 'made' ? record : current;
  if (signer === undefined) return 'there is no key that could have signed it';
  if (record.signedBy !== signer.key) return 'it is not signed by the key that was current then';
  const statement = recordStatement(record);
  const { publicKey } = signer;
  const isSigned = verifySignature({ publicKey, statement, signature: record.signature });
  return isSigned ? undefined : 'its signature does not fit';
}

function add(spans: KeySpan[], record: KeyRecord): void {
  if (record.kind === 'revoked') {
    const at = spans.findIndex(({ key }) => key === record.key);
    const span = spans[at] as KeySpan;
    const { from, reason } = record;
    const earlier = Math.min(from, span.revoked?.from ?? from);
    spans[at] = { ...span, revoked: { reason, from: earlier } };
    return;
  }
  const last = spans.length - 1;
  const current = spans[last];
  if (current) spans[last] = { ...current, to: record.at };
  spans.push({ key: record.key, publicKey: record.publicKey, from: record.at });
}

/** An entry is stamped a moment after it was signed, and clocks are set: so much is no accusation. */
export const KEY_SLACK_MS = 60_000;

/** Why a signature counts for nothing; times are ms since 1970. */
export type Unsigned =
  | { readonly why: 'unknown' }
  | { readonly why: 'revoked'; readonly from: number; readonly reason: string }
  | { readonly why: 'replaced' | 'made-later'; readonly at: number };

/** Of a signature of `key` at `atMs` (ms since 1970); undefined where it counts. */
export function keyFault({ spans }: KeyRing, key: Hash, atMs: number): Unsigned | undefined {
  const span = spans.find((one) => one.key === key);
  if (span === undefined) return { why: 'unknown' };
  const { revoked, from, to } = span;
  if (revoked && atMs >= revoked.from) return { why: 'revoked', ...revoked };
  if (to !== undefined && atMs > to + KEY_SLACK_MS) return { why: 'replaced', at: to };
  return atMs < from - KEY_SLACK_MS ? { why: 'made-later', at: from } : undefined;
}
