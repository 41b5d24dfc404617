/**
 * Large bytes as files beside the ledger, named by their hash: `blobs/ab/cd…`. Below the limit they
 * lie in the ledger's own file, in the transaction of the event that names them.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Hash } from '../core/hash.ts';
import type { Blob } from './contract.ts';
import { syncFolder } from './sqlite-file.ts';

/** Above this a file is cheaper than a chain of database pages (contracts.md, 12). */
export const LARGEST_INLINE_BYTES: number = 64 * 1024;

/**
 * Durable when it returns: written under another name, synced, renamed, folders synced. A file that
 * is there already is whole, but its name may not have reached the disk.
 */
export function writeBlobFile(folder: string, { hash, bytes }: Blob): void {
  const path = pathOf(folder, hash);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeWhole(path, bytes);
  for (const parent of [dirname(path), join(folder, 'blobs'), folder]) syncFolder(parent);
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(`${path}.new`, 'w');
  try {
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${path}.new`, path);
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
