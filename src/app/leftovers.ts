/** What a process that ended left in the state folder, apart from what only looks so. */
import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockOwner } from '../stores/study-lock.ts';
import { isAbandonedAside } from './aside.ts';
import { isAlive } from './is-alive.ts';
import { unusedCheckouts } from './repository/unused.ts';
import { bytesBelow } from './state-size.ts';
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
import { systemClock } from './system-clock.ts';
import { CHECKOUTS } from './task-folder.ts';

export interface Garbage {
  /** Below the state folder. */
  readonly path: string;
  readonly bytes: number;
  readonly why: string;
}

export interface Leftovers {
  /** Workspaces, half-made studies, secrets of no study, and imports whose process is gone. */
  readonly debris: readonly Garbage[];
  /** Folders of studies whose record is gone and whose entries are not. */
  readonly damaged: readonly Garbage[];
  /** What a process that runs works in. */
  readonly held: readonly Garbage[];
}

export function leftoversOf(root: string): Leftovers {
  const state = stateFolder(root);
  const sized = (why: string, paths: readonly string[]): readonly Garbage[] =>
    paths.map((path) => ({ path, why, bytes: bytesBelow(join(state, path)) }));
  const below = (folder: string, names: readonly string[]): readonly string[] =>
    names.map((name) => join(folder, name));
  const [held, left] = parted(entriesOf(join(state, 'work')), (name) => isHeld(root, name));
  const [damaged, halves] = parted(withoutRecord(root), (id) => hasEntries(root, id));
  const [gone, used] = parted(entriesOf(state).filter(isAside), isAbandonedAside);
  const sealed = orphansOf(root).map((id) => ({
    path: join('gate', id),
    why: 'the secret of a start that was cut off',
    bytes: sealedPaths(root, id).reduce((sum, path) => sum + bytesBelow(path), 0),
  }));
  return {
    // The sealed before the folder aside that names their study: without it nobody would find them again.
    debris: [
      ...sealed,
      ...sized('workspaces of nothing that runs', below('work', left)),
      ...sized('a study that was never begun', below('studies', halves)),
      ...sized('an import or a start that was cut off', gone),
      ...sized(
        'a checkout that no study is of',
        below(CHECKOUTS, unusedCheckouts(root, systemClock.wallMs())),
      ),
    ],
    damaged: sized(DAMAGED, below('studies', damaged)),
    held: sized('a process that runs works in it', [...below('work', held), ...used]),
  };
}

const DAMAGED =
  'damaged: its study.json is gone and its entries are not. Restore study.json from a copy, or remove the folder if it is not wanted';

function parted(
  names: readonly string[],
  isFirst: (name: string) => boolean,
): readonly [readonly string[], readonly string[]] {
  return [names.filter(isFirst), names.filter((name) => !isFirst(name))];
}

const isAside = (name: string): boolean => /^(?:import|new)-\d+-/.test(name);

/** Folders among the studies that hold no record of one. */
function withoutRecord(root: string): readonly string[] {
  return entriesOf(join(stateFolder(root), 'studies')).filter(
    (id) => !isStudy(root, id) && lstatSync(studyFolder(root, id)).isDirectory(),
  );
}

/** A ledger, its log or what is only written beside one: no start that was cut off has any. */
function hasEntries(root: string, id: string): boolean {
  return entriesOf(studyFolder(root, id)).some((name) =>
    /^(ledger[.]db(-wal)?|blobs|report)$/.test(name),
  );
}

/** Of a study by its lock, of a comparison by the process in its name (compare/measure.ts). */
function isHeld(root: string, name: string): boolean {
  const pid = /\.(\d+)$/.exec(name)?.[1];
  if (pid !== undefined && isAlive(Number(pid))) return true;
  const isOfStudy = isStudy(root, name) || hasEntries(root, name);
  return isOfStudy && lockOwner(stateFolder(root), name) !== undefined;
}

export function removeGarbage(root: string, path: string): void {
  const [folder, id = ''] = path.split('/');
  if (folder === 'studies') removeStudy(root, id);
  // Looked at once more: somebody may have begun to make it since.
  else if (folder === 'gate') removeOrphan(root, id);
  else rmSync(join(stateFolder(root), path), { recursive: true, force: true });
}
