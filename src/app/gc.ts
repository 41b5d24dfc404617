/** What lies in the state folder, and what of it can go. */
import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sizeText } from '../core/bytes.ts';
import { PacelineError } from '../core/errors.ts';
import { lockOwner } from '../stores/study-lock.ts';
import { isAbandonedAside } from './aside.ts';
import { isAlive } from './is-alive.ts';
import { membersAmong } from './members.ts';
import { readStatuses } from './status.ts';
import {
  entriesOf,
  isStudy,
  orphansOf,
  removeOrphan,
  removeStudy,
  sealedPaths,
  stateFolder,
  studyFolder,
} from './study-files.ts';

export interface GcRequest {
  readonly root: string;
  /** Finished studies to keep, the newest; absent: all. */
  readonly keep?: number | undefined;
  /** Bytes the folder may hold afterwards: the oldest finished studies go until it does. */
  readonly maxBytes?: number | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface Garbage {
  /** Below the state folder. */
  readonly path: string;
  readonly bytes: number;
  readonly why: string;
}

export interface GcReport {
  readonly removed: readonly Garbage[];
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Running and interrupted studies are never touched: only what is finished or belongs to nobody. */
export async function collectGarbage(request: GcRequest): Promise<GcReport> {
  const { root, keep, maxBytes, dryRun = false } = request;
  const state = stateFolder(root);
  const bytesBefore = bytesBelow(state);
  const leftovers = leftoversOf(root);
  const finished = await finishedOf(root);
  const beyond = keep === undefined ? [] : finished.slice(0, Math.max(0, finished.length - keep));
  const chosen = [...leftovers, ...beyond.map((id) => studyGarbage(root, id, 'finished'))];
  let left = bytesBefore - total(chosen);
  for (const id of finished.slice(beyond.length)) {
    if (maxBytes === undefined || left <= maxBytes) break;
    const garbage = studyGarbage(root, id, 'finished, to make room');
    chosen.push(garbage);
    left -= garbage.bytes;
  }
  if (!dryRun) for (const { path } of chosen) remove(root, path);
  return { removed: chosen, bytesBefore, bytesAfter: left };
}

/** Finished, held by nobody and no part of anything larger, oldest first. */
async function finishedOf(root: string): Promise<readonly string[]> {
  const statuses = await readStatuses(root);
  const ids = statuses
    .filter((one) => one.state === 'finished' && one.pid === undefined)
    .map(({ id }) => id);
  const members = membersAmong(root, ids);
  return ids.filter((id) => !members.has(id));
}

/** Workspaces, half-made studies, secrets of no study, and imports whose process is gone. */
function leftoversOf(root: string): Garbage[] {
  const state = stateFolder(root);
  const work = entriesOf(join(state, 'work'))
    .filter((name) => !isHeld(root, name))
    .map((name) => ({ path: join('work', name), why: 'workspaces of nothing that runs' }));
  const halves = entriesOf(join(state, 'studies'))
    .filter((id) => !isStudy(root, id))
    .map((id) => ({ path: join('studies', id), why: 'a study that was never begun' }));
  const sealed = orphansOf(root).map((id) => ({
    path: join('gate', id),
    why: 'the secret of a start that was cut off',
    bytes: sealedPaths(root, id).reduce((sum, path) => sum + bytesBelow(path), 0),
  }));
  const asides = entriesOf(state)
    .filter(isAbandonedAside)
    .map((path) => ({ path, why: 'an import or a start that was cut off' }));
  const measured = [...work, ...halves, ...asides].map((one) => ({
    ...one,
    bytes: bytesBelow(join(state, one.path)),
  }));
  // Before the folder aside that names their study: without it nobody would find them again.
  return [...sealed, ...measured];
}

/** Of a study by its lock, of a comparison by the process in its name (compare/measure.ts). */
function isHeld(root: string, name: string): boolean {
  const pid = /\.(\d+)$/.exec(name)?.[1];
  if (pid !== undefined && isAlive(Number(pid))) return true;
  return isStudy(root, name) && lockOwner(stateFolder(root), name) !== undefined;
}

function studyGarbage(root: string, id: string, why: string): Garbage {
  return { path: join('studies', id), bytes: bytesBelow(studyFolder(root, id)), why };
}

function remove(root: string, path: string): void {
  const [folder, id = ''] = path.split('/');
  if (folder === 'studies') removeStudy(root, id);
  // Looked at once more: somebody may have begun to make it since.
  else if (folder === 'gate') removeOrphan(root, id);
  else rmSync(join(stateFolder(root), path), { recursive: true, force: true });
}

function total(garbage: readonly Garbage[]): number {
  return garbage.reduce((sum, { bytes }) => sum + bytes, 0);
}

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
