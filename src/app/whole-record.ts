/** Records of people's larger undertakings, beside the studies: one JSON file each. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { stateFolder } from './study-files.ts';

/**
 * Whole or not at all: a crash leaves the file before.
 *
 * @param what As a sentence begins: `The replicate set`.
 * @throws PacelineError `WORKSPACE` when it cannot be written.
 */
export function writeRecord(
  root: string,
  record: object,
  { path, what }: { readonly path: string; readonly what: string },
): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(stateFolder(root), '.gitignore'), '*\n');
    writeFileSync(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`);
    renameSync(`${path}.new`, path);
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `${what} cannot be written below ${folder}: ${(cause as Error).message}. Make the folder writable or free some space.`,
      { folder },
      { cause },
    );
  }
}
