/**
 * The folders a jail may write are copies in memory, each a file system with a size: what lies on a disk can
 * be held without being seen (a deleted file that stays open, a folder closed to us, a path longer than
 * PATH_MAX), and whoever looks at it can be made to stumble.
 */
import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface Copy {
  readonly as: 'folder' | 'file' | 'link';
  /** Outside and inside. */
  readonly path: string;
  readonly mode: number;
  /** Of memory. */
  readonly bytes: number;
  /** Of a link, what it says. */
  readonly target?: string;
}

const PERMISSIONS = 0o777;
const PAGE_BYTES = 4096;

/** What lies in the folders, each before what lies in it; without what is shown there in its place. */
export function copiesOf(folders: readonly string[], shown: readonly string[]): readonly Copy[] {
  return folders.flatMap((folder) => inside(folder, new Set(shown)));
}

function inside(folder: string, shown: ReadonlySet<string>): readonly Copy[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => !shown.has(path))
    .flatMap((path) => copied(path, shown));
}

function copied(path: string, shown: ReadonlySet<string>): readonly Copy[] {
  const stat = lstatSync(path);
  const mode = stat.mode & PERMISSIONS;
  const bytes = Math.ceil(stat.size / PAGE_BYTES) * PAGE_BYTES;
  const common = { path, mode, bytes };
  if (stat.isDirectory()) return [{ as: 'folder', ...common }, ...inside(path, shown)];
  if (stat.isFile()) return [{ as: 'file', ...common }];
  if (stat.isSymbolicLink()) return [{ as: 'link', ...common, target: readlinkSync(path) }];
  return [];
}
