/** The signing keys of a folder, as people see and change them. */
import { existsSync } from 'node:fs';
import { PacelineError } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import { type KeySpan, recordHash } from '../core/key-records.ts';
import { type KeyFiles, readKeyFiles } from '../gatekeeper/key-files.ts';
import { revokeKey, rotateKey } from '../gatekeeper/keys.ts';
import { evidencePath, keysFolder, listStudies } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export interface KeyList {
  /** Oldest first. */
  readonly keys: readonly (KeySpan & { readonly isCurrent: boolean })[];
  /** Number and hash of the last record: noted elsewhere, it shows any other history of the keys. */
  readonly head?: { readonly number: number; readonly hash: Hash };
  /** Studies here were judged, so there were keys, and none is left. */
  readonly areGone?: true;
}

/** @throws PacelineError `GATE_KEY` for keys that others can reach, or records that do not hold. */
export function listKeys(root: string): KeyList {
  const list = listOf(readKeyFiles(keysFolder(root)));
  return list.head === undefined && wasJudgedHere(root) ? { ...list, areGone: true } : list;
}

/** What a verdict rests on is left by every gatekeeper, and each signs. */
function wasJudgedHere(root: string): boolean {
  return listStudies(root).some((id) => existsSync(evidencePath(root, id)));
}

export function rotateKeys(
  root: string,
  { reason, lost = false }: { readonly reason?: string; readonly lost?: boolean },
): KeyList {
  if (!lost && listKeys(root).areGone) throw keysGone(keysFolder(root));
  const change = { folder: keysFolder(root), clock: systemClock, ...(reason ? { reason } : {}) };
  return listOf(rotateKey(change, { isLost: lost }));
}

function keysGone(folder: string): PacelineError {
  return new PacelineError(
    'GATE_KEY',
    `Studies here were signed, and ${folder} has no key. Restore it from a copy. If it is lost: paceline keys rotate --lost --reason TEXT makes a new one, which nothing ties to the old.`,
    { folder },
  );
}

export interface Revoke {
  /** First digits of the key's id. */
  readonly wanted: string;
  readonly reason: string;
  /** Absent: all that it ever signed. */
  readonly fromMs?: number;
}

/** @throws PacelineError `USAGE` where no key, or several, have such an id. */
export function revokeKeys(root: string, { wanted, reason, fromMs }: Revoke): KeyList {
  const folder = keysFolder(root);
  const { key, from } = spanOf(readKeyFiles(folder), wanted);
  return listOf(revokeKey({ folder, clock: systemClock, key, from: fromMs ?? from, reason }));
}

function spanOf({ ring }: KeyFiles, wanted: string): KeySpan {
  const digits = wanted.replace(/^sha256:/, '');
  const fitting = ring.spans.filter(({ key }) => key.startsWith(`sha256:${digits}`));
  const [only, ...others] = digits === '' ? [] : fitting;
  if (only !== undefined && others.length === 0) return only;
  throw new PacelineError(
    'USAGE',
    only === undefined
      ? `No signing key here has an id that begins with "${wanted}". paceline keys list shows them.`
      : `${fitting.length} keys have an id that begins with "${wanted}". Give more of it.`,
    { wanted },
  );
}

function listOf({ records, ring }: KeyFiles): KeyList {
  const last = records.at(-1);
  return {
    keys: ring.spans.map((span) => ({ ...span, isCurrent: span === ring.current })),
    ...(last ? { head: { number: last.number, hash: recordHash(last) } } : {}),
  };
}
