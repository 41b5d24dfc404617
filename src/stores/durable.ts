/**
 * Files and names that outlive a power cut, for whatever a later start depends on. What can be made
 * again, such as reports and caches, is written without: a sync waits for the disk.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Whole or as it was before: written under a name of this process, synced, renamed, and the name synced. */
export function replaceDurably(path: string, bytes: string | Uint8Array): void {
  const aside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(aside, bytes);
    placeDurably(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/**
 * Whole from its first moment, and for those alone whom `mode` lets: written aside, synced, then put in its place, where a
 * kill would otherwise leave a part of it for good. `once`: of two processes at a time one makes it, and the other finds it there.
 */
export function createWhole(
  path: string,
  text: string,
  { mode, once = false }: { readonly mode: number; readonly once?: boolean },
): void {
  const aside = `${path}.${process.pid}.new`;
  rmSync(aside, { force: true });
  try {
    createDurably(aside, text, mode);
    if (once) linkSync(aside, path);
    else renameSync(aside, path);
  } catch (error) {
    if (!(once && (error as NodeJS.ErrnoException).code === 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  syncFolder(dirname(path));
}

/** Puts a file that is written in its place, in the same file system. */
export function placeDurably(aside: string, path: string): void {
  sync(aside);
  renameSync(aside, path);
  syncFolder(dirname(path));
}

/**
 * For a file that nobody may have made before; it is there from the first byte on, so its reader is to
 * come later. @throws `EEXIST`.
 */
export function createDurably(path: string, bytes: string, mode: number): void {
  writeFileSync(path, bytes, { mode, flag: 'wx', flush: true });
  syncFolder(dirname(path));
}

/** Makes the names in a folder survive. */
export function syncFolder(folder: string): void {
  sync(folder);
}

/** The same of a folder, and of those above it up to `top` (included). */
export function syncFolders(folder: string, top: string): void {
  for (let one = folder; ; one = dirname(one)) {
    syncFolder(one);
    if (one === top || one === dirname(one)) return;
  }
}

/** Everything below a folder, and its own names. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else sync(path);
  }
  syncFolder(folder);
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
