/** Notices that an evaluator's own files changed while it ran: what judges must stay what was hashed. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Per file: size, times and inode. Times set back by hand still move ctime (inode(7)). */
export type Fingerprint = ReadonlyMap<string, string>;

/** Of files and, recursively, of folders; a path that is not there, or a link to nothing, has none. */
export function fingerprint(paths: readonly string[]): Fingerprint {
  const found = new Map<string, string>();
  for (const path of paths) enter(path, found, new Set());
  return found;
}

/** Links count as what they point at, as in the digest of the judges: a linked judge judges too. */
function enter(path: string, found: Map<string, string>, above: ReadonlySet<string>): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    found.set(path, [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino].join());
    return;
  }
  const real = realpathSync(path);
  if (above.has(real)) return;
  const inside = new Set([...above, real]);
  for (const name of readdirSync(path)) enter(join(path, name), found, inside);
}

/** The first file that was changed, added or removed, in words. */
export function firstChange(before: Fingerprint, now: Fingerprint): string | undefined {
  for (const [path, mark] of now) {
    const was = before.get(path);
    if (was === undefined) return `${path} was added`;
    if (was !== mark) return `${path} was changed`;
  }
  for (const path of before.keys()) if (!now.has(path)) return `${path} was removed`;
  return undefined;
}
