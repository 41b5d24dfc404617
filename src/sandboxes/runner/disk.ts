/** What lies in the folders a run may write, looked at while it runs: no file system has a size for them. */
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOOK_EVERY_MS } from './usage.ts';

/** More than these would take longer to count than to write. */
const MOST_FILES = 10_000;

/** Of a block as lstat(2) counts them, on every file system. */
const BLOCK_BYTES = 512;

/** Looks until released. */
export function watchDisk(
  folders: readonly string[],
  diskBytes: number,
  stop: (why: 'over-disk') => void,
): () => void {
  const timer = setInterval(() => {
    const { bytes, files } = held(folders);
    if (bytes > diskBytes || files > MOST_FILES) stop('over-disk');
  }, LOOK_EVERY_MS);
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
      bytes += (lstatSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * BLOCK_BYTES;
    }
  }
  return { bytes, files };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // It went while we looked.
  }
}
