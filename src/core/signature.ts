/**
 * Signatures on decisions: Ed25519 (RFC 8032). With `hash.ts` the only file of `core`
 * that may import `node:crypto`: whoever reads a ledger has to be able to check one.
 */
import { createPublicKey, verify } from 'node:crypto';
import { type Hash, sha256 } from './hash.ts';

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
