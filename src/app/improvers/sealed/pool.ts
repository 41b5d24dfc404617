/**
 * A sealed pool: a folder with a generator of tasks, a promise of the seed that it will be opened with (`seal.json`),
 * and the ledgers of its openings, one for each release (`ledger/<release>`).
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../../core/errors.ts';
import { type Hash, sha256 } from '../../../core/hash.ts';
import { packageRoot } from '../../examples.ts';
import { asFileFault } from '../../file-fault.ts';
import { readRecord } from '../../read-record.ts';
import { digestFiles } from '../../study-files.ts';

/** The pool that comes with Paceline goes by this name. */
export const SHIPPED = 'sealed';

export const SEAL_FILE = 'seal.json';
const GENERATOR = 'generate.mjs';

/** Strict, and published: what a release promises. */
const seal = z.strictObject({
  release: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** SHA-256 of the secret line, hexadecimal. */
  seedHash: z.string().regex(/^[0-9a-f]{64}$/),
  writtenBy: z.string().min(1),
  date: z.iso.date(),
});
export type Seal = z.infer<typeof seal>;

/** What stands in the secret file: the seed of the draw, and 128 bits without which it could be found by trying. */
const LINE = /^(\d{1,10}):[0-9a-f]{32}$/;
/** Task sets take a seed of 32 bits. */
const MOST_SEED = 2 ** 32 - 1;

/** Folder of a sealed pool that `name` means; undefined where it is none. */
export function sealedFolder(root: string, name: string): string | undefined {
  const folder =
    name === SHIPPED ? join(packageRoot(), 'examples/meta/sealed') : resolve(root, name);
  const isPool = [SEAL_FILE, GENERATOR].every((file) => existsSync(join(folder, file)));
  return isPool ? folder : undefined;
}

export const generatorOf = (folder: string): string => join(folder, GENERATOR);

export const ledgerOf = (folder: string, release: string): string =>
  join(folder, 'ledger', release);

/** Ledger of the newest seal of a pool; undefined for what is no sealed pool. */
export function sealedLedger(root: string, name: string): string | undefined {
  const folder = sealedFolder(root, name);
  return folder === undefined ? undefined : ledgerOf(folder, readSeal(folder).release);
}

/** @throws PacelineError WORKSPACE for a damaged file. */
export function readSeal(folder: string): Seal {
  const remedy = 'Restore it from the repository; a seal is never edited.';
  return readRecord(join(folder, SEAL_FILE), { schema: seal, remedy });
}

/** Of all modules of the pool: who changes a function afterwards has another pool. */
export function poolDigest(folder: string): Hash {
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .sort();
  return digestFiles(
    folder,
    modules.map((name) => join(folder, name)),
  );
}

export const lineHash = (line: string): string => sha256(line).replace('sha256:', '');

/** @returns undefined for what is no such line. */
export function seedIn(line: string): number | undefined {
  const seed = Number(LINE.exec(line)?.[1] ?? Number.NaN);
  return seed <= MOST_SEED ? seed : undefined;
}

const OTHERS = 0o077;
/** The line has at most 43 bytes. */
const MOST_BYTES = 256;

/** The secret line of a file that nobody else can read. @throws PacelineError USAGE or WORKSPACE. */
export function readLine(path: string): string {
  try {
    const { mode, size } = lstatSync(path);
    if ((mode & OTHERS) !== 0)
      throw new PacelineError(
        'USAGE',
        `${path} can be read by others (mode ${(mode & 0o777).toString(8)}), so nobody knows who has seen what is sealed. Seal again (paceline improver seal --lost), or close it if you know that nobody looked: chmod 600 ${path}.`,
        { path },
      );
    const line = size > MOST_BYTES ? '' : readFileSync(path, 'utf8').trim();
    if (seedIn(line) !== undefined) return line;
  } catch (error) {
    throw asFileFault(error) ?? error;
  }
  throw new PacelineError(
    'USAGE',
    `${path} does not hold one line seed:nonce, as paceline improver seal writes it. Name the file of this seal.`,
    { path },
  );
}
