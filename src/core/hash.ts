/** Content addressing. With `signature.ts` the only place in `core` that may import `node:crypto` (contracts.md, decision 36). */
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from './json.ts';

/** `sha256:` and 64 hexadecimal digits: the address of exact bytes. */
export type Hash = string;

/** SHA-256 of the UTF-8 bytes of a text, or of raw bytes. */
export function sha256(data: string | Uint8Array): Hash {
  return `sha256:${hash('sha256', data, 'hex')}`;
}

/** Content id of a JSON artifact: SHA-256 of its RFC 8785 (JCS) form. */
export function contentId(value: Json): Hash {
  return sha256(canonicalJson(value));
}

/** RFC 8785 text: keys sorted, shortest numbers. Use for artifacts, never for the ledger's stored bytes. */
export function canonicalJson(value: Json): string {
  return canonicalize(value) ?? 'null';
}
