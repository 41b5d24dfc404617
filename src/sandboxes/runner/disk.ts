/** What lies in the folders a run may write, looked at while it runs. */
import { type Dirent, lstatSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LOOK_EVERY_MS } from './usage.ts';

/** More than these would take longer to count than to write. */
const MOST_FILES = 10_000;

/** In each file system of a jail's own: as many as the kernel allows at J2. */
const MOST_OWN_FILES = 16_384;

/** Of a block as lstat(2) counts them, on every file system. */
const BLOCK_BYTES = 512;

export interface Disks {
  readonly folders: readonly string[];
  readonly diskBytes: number;
  readonly stop: (why: 'over-disk') => void;
}

/** Where no file system has a size for them they are walked. Looks until released. */
export function watchDisk({ folders, diskBytes, stop }: Disks): () => void {
  return looking(() => {
    const { bytes, files } = held(folders);
    if (bytes > diskBytes || files > MOST_FILES) stop('over-disk');
  });
}

/**
 * File systems of a jail's own: the kernel keeps their size, and nothing below J4 how many files they hold,
 * which is memory, too.
 *
 * @param first The process in the jail by which they are found, once there is one.
 */
export function watchOwnDisks(
  { folders, stop }: Pick<Disks, 'folders' | 'stop'>,
  first: () => number | undefined,
): () => void {
  const outside = statSync('/').dev;
  return looking(() => {
    const root = `/proc/${first()}/root`;
    try {
      // Until it has entered its own, and once it is gone, there is nothing of it to see.
      if (statSync(root).dev === outside) return;
      for (const folder of folders) {
        const { bavail, files, ffree } = statfsSync(`${root}${folder}`);
        if (bavail === 0 || files - ffree > MOST_OWN_FILES) stop('over-disk');
      }
    } catch {
      // Not made yet, or gone.
    }
  });
}

function looking(look: () => void): () => void {
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

function held(folders: readonly string[]): { readonly bytes: number; readonly files: number } {
  let [bytes, files] = [0, 0];
  const left = [...folders];
  for (let folder = left.pop(); folder !== undefined && files <= MOST_FILES; folder = left.pop()) {
    for (const entry of entriesOf(folder)) {
      files++;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) left.push(path);
      bytes += bytesOf(path);
    }
  }
  return { bytes, files };
}

/** None where it went while we looked, or where we cannot look: whoever made that holds its own bytes. */
function bytesOf(path: string): number {
  try {
    return lstatSync(path).blocks * BLOCK_BYTES;
  } catch {
    return 0;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // As above.
  }
}
