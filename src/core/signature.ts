/**
 * Signatures on decisions: Ed25519 (RFC 8032) over RFC 8785 text. With `hash.ts` the only file of `core`
 * that may import `node:crypto`: whoever reads a ledger has to be able to check one.
 */
import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson, type Hash, sha256 } from './hash.ts';
import type { Json } from './json.ts';

const RAW_KEY = /^[A-Za-z0-9+/]{43}=$/;
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;

/** Bytes of a public key. */
const KEY_BYTES = 32;

/** SHA-256 of the raw 32 bytes of a public key. @throws RangeError for a text that is no such key. */
export function keyIdOf(publicKey: string): Hash {
  const raw = Buffer.from(publicKey, 'base64');
  if (!RAW_KEY.test(publicKey) || raw.length !== KEY_BYTES) throw new RangeError('no Ed25519 key');
  return sha256(raw);
}

export interface Decision {
  /** `secretCommit` of the study's first entry: no two studies have the same, so none is told as another's. */
  readonly study: Hash;
  /** Of the ledger's entry that holds the decision. */
  readonly type: string;
  /** Of that entry; a `signature` in it is not part of what is signed. */
  readonly body: { readonly [field: string]: Json | undefined };
}

/** The bytes that are signed: two decisions with the same bytes are the same decision. */
export function statementOf({ study, type, body }: Decision): string {
  const { signature: _, ...said } = body;
  const present = Object.entries(said).filter(([, value]) => value !== undefined);
  return canonicalJson({
    schema: 'paceline.decision/1',
    study,
    type,
    body: Object.fromEntries(present) as Json,
  });
}

/**
 * Types of the decisions that the engine asks the gatekeeper to sign. Verdicts are not among them: an
 * engine that may have any text signed could have its own verdicts signed.
 */
const OF_THE_ENGINE: ReadonlySet<string> = new Set(['root.signed', 'approval.decided']);

/** Whether a statement, as `statementOf` wrote it, is one that the engine may ask for. */
export function mayEngineAsk(statement: string): boolean {
  try {
    const said = JSON.parse(statement) as { readonly schema?: unknown; readonly type?: unknown };
    const isOurs =
      said.schema === 'paceline.decision/1' && canonicalJson(said as Json) === statement;
    return isOurs && typeof said.type === 'string' && OF_THE_ENGINE.has(said.type);
  } catch {
    return false;
  }
}

export interface Signed {
  /** Raw Ed25519 public key, base64. */
  readonly publicKey: string;
  readonly statement: string;
  /** Base64. */
  readonly signature: string;
}

/** False too for keys and signatures that are none. */
export function verifySignature({ publicKey, statement, signature }: Signed): boolean {
  if (!RAW_KEY.test(publicKey) || !SIGNATURE.test(signature)) return false;
  try {
    const x = Buffer.from(publicKey, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
