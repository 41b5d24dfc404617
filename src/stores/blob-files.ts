/**
 * Large bytes as files beside the ledger, named by their hash: `blobs/ab/cd…`. Below the limit they
 * lie in the ledger's own file, in the transaction of the event that names them.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Hash } from '../core/hash.ts';
import type { Blob } from './contract.ts';
import { replaceDurably, syncFolders } from './durable.ts';

/** Above this a file is cheaper than a chain of database pages (contracts.md, 12). */
export const LARGEST_INLINE_BYTES: number = 64 * 1024;

/** Durable when it returns. A file that is there already is whole, but its name may not have reached the disk. */
export function writeBlobFile(folder: string, { hash, bytes }: Blob): void {
  const path = pathOf(folder, hash);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) replaceDurably(path, bytes);
  syncFolders(dirname(path), folder);
}

/** Undefined when the file was pruned. */
export function readBlobFile(folder: string, hash: Hash): Uint8Array | undefined {
  const path = pathOf(folder, hash);
  return existsSync(path) ? Uint8Array.from(readFileSync(path)) : undefined;
}

function pathOf(folder: string, hash: Hash): string {
  const hex = hash.slice('sha256:'.length);
  return join(folder, 'blobs', hex.slice(0, 2), hex.slice(2));
}
