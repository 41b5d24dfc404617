/** Files that a command writes beside the ledgers: records of people's larger undertakings, and reports. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { replaceDurably, syncFolders } from '../stores/durable.ts';
import { stateFolder } from './study-files.ts';

/**
 * Whole or not at all, and durable when it returns: a crash or a power cut leaves the file before.
 *
 * @param what As a sentence begins: `The replicate set`.
 * @throws PacelineError `WORKSPACE` when it cannot be written.
 */
export function writeRecord(
  root: string,
  record: object,
  { path, what }: { readonly path: string; readonly what: string },
): void {
  const [folder, state] = [dirname(path), stateFolder(root)];
  orUnwritable({ folder, what }, () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(state, '.gitignore'), '*\n');
    replaceDurably(path, `${JSON.stringify(record, null, 2)}\n`);
    syncFolders(dirname(folder), root);
  });
}

interface Place {
  readonly folder: string;
  readonly what: string;
  /** What to do once it can be written, as the sentence goes on: `, then run paceline report`. */
  readonly afterwards?: string;
}

/** Texts that people read, by file name: whole too, and made again where the power took them. */
export function writePages(place: Place, pages: Readonly<Record<string, string>>): void {
  orUnwritable(place, () => {
    mkdirSync(place.folder, { recursive: true });
    for (const [name, text] of Object.entries(pages)) replace(join(place.folder, name), text);
  });
}

/** The name carries the process: two may write the same report. */
function replace(path: string, text: string): void {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

function orUnwritable({ folder, what, afterwards = '' }: Place, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `${what} cannot be written below ${folder}: ${(cause as Error).message}. Make the folder writable or free some space${afterwards}.`,
      { folder },
      { cause },
    );
  }
}
