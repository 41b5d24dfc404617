/**
 * The folder of the signing keys, `.paceline/gate/keys/`: `<number>.json` for each record, never written
 * again, and `<first digits of the id>.pem` for the private key that is current. The folder is its owner's
 * alone (0700), and so is every file in it (0600): one that others can read or write is refused.
 */
import {
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import { type KeyRecord, type KeyRing, keyRecord, readKeyRecords } from '../core/key-records.ts';
import { createDurably, syncFolder } from '../stores/durable.ts';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
const RECORD = /^\d{4}\.json$/;
const DIGITS = 4;
/** Of a key's id: enough to tell the few keys of a folder apart. */
const SHORT_ID = 16;

export interface KeyFiles {
  readonly records: readonly KeyRecord[];
  readonly ring: KeyRing;
}

export function pemPath(folder: string, key: Hash): string {
  return join(folder, `${key.slice('sha256:'.length).slice(0, SHORT_ID)}.pem`);
}

/** Number of records: what a holder of a key looks at before each signature. */
export function countRecords(folder: string): number {
  return namesOf(folder).length;
}

/**
 * All records, followed to the last; none where there is no folder yet.
 * @throws PacelineError `GATE_KEY` for a folder or file that others can reach, or records that do not hold.
 */
export function readKeyFiles(folder: string): KeyFiles {
  const place = statOf(folder);
  if (place === undefined) return { records: [], ring: { spans: [], current: undefined } };
  requireFolder(folder, place);
  const records = namesOf(folder).map((name) => readOne(join(folder, name), place));
  const { ring, fault } = readKeyRecords(records);
  if (fault === undefined) return { records, ring };
  throw new PacelineError(
    'GATE_KEY',
    `Record ${fault.number} of the signing keys in ${folder} does not hold: ${fault.why}. Restore the folder from a copy; if there is none, move it away: the next study makes a new key, and what the old ones signed can be checked with published roots alone.`,
    { folder, number: fault.number },
  );
}

/** The private key, as PEM. @throws PacelineError `GATE_KEY` when it is gone or others can reach it. */
export function readPem(folder: string, key: Hash): string {
  const path = pemPath(folder, key);
  const place = requireFolder(folder, statOf(folder));
  const stat = statOf(path);
  if (stat === undefined) {
    throw new PacelineError(
      'GATE_KEY',
      `The signing key ${path} is gone. Restore the file from a copy. If it is lost: paceline keys rotate --lost --reason TEXT makes a new one, which nothing ties to the old.`,
      { path },
    );
  }
  requireOwned(path, stat, place);
  return readFileSync(path, 'utf8');
}

/** Durable, whole, and for its owner alone. @throws PacelineError `GATE_KEY` when it cannot be written. */
export function writePem(folder: string, key: Hash, pem: string): void {
  const path = pemPath(folder, key);
  attempt(path, () => {
    makeFolder(folder);
    createDurably(path, pem, OWNER_ONLY);
    giveToOwner(path, folder);
  });
}

export function removePem(folder: string, key: Hash): void {
  rmSync(pemPath(folder, key), { force: true });
  syncFolder(folder);
}

/** @returns false where somebody else wrote a record of that number first: nothing is changed then. */
export function addRecord(folder: string, record: KeyRecord): boolean {
  const path = join(folder, `${String(record.number).padStart(DIGITS, '0')}.json`);
  const aside = `${path}.${process.pid}.new`;
  return attempt(path, () => {
    rmSync(aside, { force: true });
    createDurably(aside, JSON.stringify(record), OWNER_ONLY);
    try {
      giveToOwner(aside, folder);
      // A link, not a renaming: it fails where the name is taken.
      linkSync(aside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      rmSync(aside, { force: true });
    }
    syncFolder(folder);
    return true;
  });
}

function makeFolder(folder: string): void {
  if (statOf(folder) !== undefined) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(dirname(folder));
}

/** A person who is root adds to the folder of the gatekeeper, which must be able to read it. */
function giveToOwner(path: string, folder: string): void {
  const { uid, gid } = lstatSync(folder);
  if (uid !== process.geteuid?.()) chownSync(path, uid, gid);
}

function namesOf(folder: string): readonly string[] {
  return attempt(folder, () => (statOf(folder) ? readdirSync(folder) : []))
    .filter((name) => RECORD.test(name))
    .sort();
}

function readOne(path: string, place: Stats): KeyRecord {
  requireOwned(path, lstatSync(path), place);
  try {
    return keyRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const message = `${path} is no record of a signing key. Restore the file from a copy.`;
    throw new PacelineError('GATE_KEY', message, { path }, { cause });
  }
}

function statOf(path: string): Stats | undefined {
  return attempt(path, () => lstatSync(path, { throwIfNoEntry: false }));
}

function requireFolder(folder: string, stat: Stats | undefined): Stats {
  if (!stat?.isDirectory()) throw refused(folder, 'is no folder', 'Move it away');
  const me = process.geteuid?.();
  if (me !== 0 && stat.uid !== me) {
    throw refused(
      folder,
      `belongs to user ${stat.uid}`,
      `Run as that user, or: chown -R ${me} ${folder}`,
    );
  }
  if ((stat.mode & OTHERS) !== 0) {
    throw refused(folder, 'can be reached by other users', `Close it: chmod 700 ${folder}`);
  }
  return stat;
}

function requireOwned(path: string, stat: Stats, place: Stats): void {
  if (!stat.isFile()) throw refused(path, 'is no file', 'Restore it from a copy');
  if (stat.uid !== place.uid) {
    const owner = `belongs to user ${stat.uid} and its folder to ${place.uid}`;
    throw refused(path, owner, `If you put it there: chown ${place.uid} ${path}`);
  }
  if ((stat.mode & OTHERS) === 0) return;
  throw refused(
    path,
    'can be read or written by other users',
    `Close it: chmod 600 ${path}. Somebody may have copied it meanwhile; if so: paceline keys rotate`,
  );
}

function refused(path: string, what: string, then: string): PacelineError {
  return new PacelineError('GATE_KEY', `${path} ${what}, so nothing is signed. ${then}.`, { path });
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (PacelineError.is(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PacelineError(
      'GATE_KEY',
      `The signing keys cannot be read or written at ${path}: ${reason}. Check the disk and the rights of the folder.`,
      { path },
      { cause },
    );
  }
}
