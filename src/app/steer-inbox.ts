/**
 * The folder where people leave what they have to say, one small file each, written aside and
 * renamed: `.paceline/studies/<id>/steer/<time>-<chance>.json`. What cannot be taken up is moved to
 * `steer/refused/` with its reason. The folder is ours alone (0700); what lies in it is not trusted.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants as fsConstants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import { type SteeringLetter, steeringId, steeringLetter } from '../core/steering.ts';
import type { Inbox, Waiting } from '../loop/inbox.ts';
import { placeDurably, replaceDurably, syncFolder, syncFolders } from '../stores/durable.ts';
import { studyFolder } from './study-files.ts';

const SUFFIX = '.json';
const WHY = '.why';
/** Room for a hand-written candidate of any sensible size. */
const LARGEST_LETTER = 1024 * 1024;
/** Read at one look: whoever writes faster than people do waits. */
const MOST_AT_ONCE = 100;

const refusal = z.strictObject({ schema: z.literal('paceline.refused/1'), why: z.string() });

export function steerFolder(root: string, id: string): string {
  return join(studyFolder(root, id), 'steer');
}

const REFUSED = 'refused';
const refusedFolder = (folder: string): string => join(folder, REFUSED);

export function studyInbox(root: string, id: string): Inbox {
  const folder = steerFolder(root, id);
  const refuse = (name: string, why: string): void => quietly(() => setAside(folder, name, why));
  return {
    async waiting() {
      const read = (name: string): readonly Waiting[] => {
        try {
          return [readLetter(folder, name)];
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
          refuse(name, error instanceof Error ? error.message : String(error));
          return [];
        }
      };
      return listWaiting(folder).slice(0, MOST_AT_ONCE).flatMap(read);
    },
    async taken(id) {
      withdrawLetter(folder, id);
    },
    async refuse(id, why) {
      refuse(id + SUFFIX, why);
    },
  };
}

/** What was left and not taken up yet, oldest first; what cannot be read is the study's to set aside. */
export function lettersLeft(root: string, id: string): readonly Waiting[] {
  const folder = steerFolder(root, id);
  return listWaiting(folder).flatMap((name) => {
    try {
      return [readLetter(folder, name)];
    } catch {
      return [];
    }
  });
}

/** A letter that cannot be taken away is no harm: its id is in the ledger, and that decides. */
export function withdrawLetter(folder: string, id: string): void {
  quietly(() => rmSync(join(folder, id + SUFFIX), { force: true }));
}

/** In the order in which they were left. Files that are still being written end in `.part`. */
export function listWaiting(folder: string): readonly string[] {
  return namesIn(folder)
    .filter((name) => name !== REFUSED && !name.endsWith('.part'))
    .sort();
}

/** None where there is no folder, something else stands in its place, or it cannot be read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A folder that somebody spoils does not end a study: what was said is said again, or not heard. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Looked at again with the next look.
  }
}

/** @throws with a sentence for whatever is no steering. */
function readLetter(folder: string, name: string): Waiting {
  const id = steeringId.safeParse(name.slice(0, -SUFFIX.length));
  if (!name.endsWith(SUFFIX) || !id.success) throw new Error('Its name is not that of a steering.');
  const parsed = steeringLetter.safeParse(JSON.parse(readSmall(join(folder, name))));
  if (!parsed.success) throw new Error(`It is no steering: ${z.prettifyError(parsed.error)}`);
  return { id: id.data, ...parsed.data };
}

/** A link, a pipe or a large file is not read: whatever it points at is not what a person said. */
function readSmall(path: string): string {
  const flags = fsConstants.O_RDONLY | fsConstants.O_NOFOLLOW | fsConstants.O_NONBLOCK;
  const file = openSync(path, flags);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new Error('It is no file.');
    if (stat.size > LARGEST_LETTER) throw new Error('It is larger than 1 MiB.');
    const bytes = Buffer.alloc(stat.size);
    const read = readSync(file, bytes, 0, bytes.length, 0);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, read));
  } finally {
    closeSync(file);
  }
}

/** Kept for whoever wrote it, under its own name, with the reason beside it. */
function setAside(folder: string, name: string, why: string): void {
  const beside = refusedFolder(folder);
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  replaceDurably(
    join(beside, name + WHY),
    JSON.stringify({ schema: 'paceline.refused/1', why: why.slice(0, 2_000) }),
  );
  renameSync(join(folder, name), join(beside, name));
  syncFolders(beside, folder);
}

/** Leaves a letter, durably. @returns its id. */
export function leaveLetter(folder: string, letter: SteeringLetter, clock: Clock): string {
  const text = JSON.stringify(steeringLetter.parse(letter));
  if (Buffer.byteLength(text) > LARGEST_LETTER) {
    throw new PacelineError('USAGE', 'What was said is larger than 1 MiB. Say it in less.', {});
  }
  // Time first: names sort in the order in which people spoke.
  const id = `${clock.wallMs().toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`;
  const part = join(folder, `${id}.part`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(part, text, { mode: 0o600, flag: 'wx' });
    placeDurably(part, join(folder, id + SUFFIX));
    syncFolder(dirname(folder));
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `Nothing can be left in ${folder}: ${(cause as Error).message}. Make the folder writable or free some space.`,
      { folder },
      { cause },
    );
  }
  return id;
}

/** What was set aside, by name, with the reason. */
export function listRefused(
  folder: string,
): readonly { readonly name: string; readonly why: string }[] {
  return namesIn(refusedFolder(folder))
    .filter((name) => name.endsWith(WHY))
    .sort()
    .map((name) => name.slice(0, -WHY.length))
    .map((name) => ({ name, why: whyOf(folder, name) ?? 'The reason cannot be read.' }));
}

/** Why a letter was refused; undefined while it was not. */
export function refusedBecause(folder: string, id: string): string | undefined {
  return whyOf(folder, id + SUFFIX);
}

function whyOf(folder: string, name: string): string | undefined {
  try {
    const path = join(refusedFolder(folder), name + WHY);
    return refusal.parse(JSON.parse(readFileSync(path, 'utf8'))).why;
  } catch {
    return undefined;
  }
}
