/** How much lies below the state folders, and when that is too much to begin anything. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { sizeText } from '../core/bytes.ts';
import { PacelineError } from '../core/errors.ts';
import { entriesOf, stateFolder } from './study-files.ts';

/** Bytes of all files below; what vanishes meanwhile counts as nothing. */
export function bytesBelow(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.size;
  return entriesOf(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0);
}

/** @throws PacelineError `DISK_FAILED` when the state folders together are beyond the cap. */
export function refuseFullState(roots: readonly string[], capBytes: number): void {
  const folders = [...new Set(roots)].map(stateFolder);
  const held = folders.reduce((sum, folder) => sum + bytesBelow(folder), 0);
  if (held <= capBytes) return;
  const [first = '', ...others] = folders;
  const who = others.length === 0 ? `${first} holds` : `${first} and ${others.length} more hold`;
  throw new PacelineError(
    'DISK_FAILED',
    `${who} ${sizeText(held)}, more than storage.cap (${sizeText(capBytes)}). See what can go with paceline gc --dry-run --max ${sizeText(capBytes / 2)}, or raise storage.cap in the config.`,
    { held, cap: capBytes },
  );
}
