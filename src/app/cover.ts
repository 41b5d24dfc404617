/**
 * Few names for many files: every mount of a jail costs the more the more there are, so that a repository of
 * thousands is shown folder by folder. Pure.
 */

/** With 128 a jail starts in about a tenth of a second; with 1,000, measured, in three. */
const MOST_ENTRIES = 128;

type Folder = Map<string, Folder | undefined>;

interface Entry {
  readonly path: string;
  /** Undefined for a file. */
  readonly folder: Folder | undefined;
}

/**
 * Files, and folders that hold nothing but files of the list; '' where all is one. Folders are opened while there is room, the
 * shallowest first, after those that hold something of `open`: what is opened can have new files in it.
 */
export function coverOf(
  files: readonly string[],
  { open, most = MOST_ENTRIES }: { readonly open: readonly string[]; readonly most?: number },
): readonly string[] {
  if (files.length === 0) return [];
  const isAsked = ({ path }: Entry): boolean => open.some((one) => one.startsWith(inside(path)));
  const opened = openWhile([{ path: '', folder: treeOf(files) }], most, isAsked);
  return openWhile(opened, most, () => true).map(({ path }) => path);
}

function openWhile(
  entries: readonly Entry[],
  most: number,
  mayOpen: (entry: Entry) => boolean,
): readonly Entry[] {
  const closed: Entry[] = [];
  const left = [...entries];
  for (let entry = left.shift(); entry !== undefined; entry = left.shift()) {
    const { path, folder } = entry;
    const isRoom = closed.length + left.length + (folder?.size ?? 0) <= most;
    if (folder === undefined || !isRoom || !mayOpen(entry)) closed.push(entry);
    else left.push(...entriesIn(inside(path), folder));
  }
  return closed;
}

function treeOf(files: readonly string[]): Folder {
  const top: Folder = new Map();
  for (const file of files) {
    const parts = file.split('/');
    const name = parts.pop() as string;
    let at = top;
    for (const part of parts) {
      const below = at.get(part) ?? new Map();
      at.set(part, below);
      at = below;
    }
    at.set(name, undefined);
  }
  return top;
}

const inside = (path: string): string => (path === '' ? '' : `${path}/`);

function entriesIn(before: string, folder: Folder): readonly Entry[] {
  return [...folder].map(([name, below]) => ({ path: before + name, folder: below }));
}
