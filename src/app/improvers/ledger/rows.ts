/**
 * Rows of a small ledger: a folder of numbered files, each bound to the one before it by its hash. A row is linked
 * into place, so two processes cannot both write the same number, and none is ever written again.
 */
import { linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../../core/errors.ts';
import { canonicalJson, type Hash, sha256 } from '../../../core/hash.ts';
import type { Json } from '../../../core/json.ts';
import { createDurably, syncFolder } from '../../../stores/durable.ts';
import { entriesOf } from '../../study-files.ts';

const row = z.strictObject({
  /** From 1. */
  entry: z.int().positive(),
  type: z.string(),
  body: z.json(),
  hash: z.string(),
});

/** As it is stored; the hash is of the row before, the number, the type and the canonical text of the body. */
export type Row = z.infer<typeof row>;
export type NewRow = Pick<Row, 'type' | 'body'>;

const FILE = /^\d{4}\.json$/;
const DIGITS = 4;
/** Unit separator: cannot occur unescaped in JSON text or a type. */
const SEPARATOR = '\u001f';
const GENESIS = sha256('paceline.comparison-ledger/1');

const hashOf = (before: Hash, { entry, type, body }: Omit<Row, 'hash'>): Hash =>
  sha256([before, entry, type, canonicalJson(body as Json)].join(SEPARATOR));

const pathOf = (folder: string, entry: number): string =>
  join(folder, `${String(entry).padStart(DIGITS, '0')}.json`);

/** In order; none where there is no folder. @throws PacelineError LEDGER_ALTERED for a file that is no row. */
export function readRows(folder: string): readonly Row[] {
  return entriesOf(folder)
    .filter((name) => FILE.test(name))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      try {
        return row.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch (cause) {
        throw new PacelineError(
          'LEDGER_ALTERED',
          `${path} is no entry of a ledger. Restore it from a copy; nothing is said from the rest.`,
          { path },
          { cause },
        );
      }
    });
}

/** Where the chain does not hold, a sentence for each row. */
export function chainFindings(rows: readonly Row[]): readonly string[] {
  let before = GENESIS;
  return rows.flatMap((one, at) => {
    const due = hashOf(before, { ...one, entry: at + 1 });
    before = one.hash;
    return one.entry === at + 1 && one.hash === due
      ? []
      : [`Entry ${at + 1} is not what was written after the one before it.`];
  });
}

/** @throws PacelineError LEDGER_ALTERED where the chain does not hold. */
export function soundRows(folder: string): readonly Row[] {
  const rows = readRows(folder);
  const [first] = chainFindings(rows);
  if (first === undefined) return rows;
  throw new PacelineError(
    'LEDGER_ALTERED',
    `${folder}: ${first} Restore it from a copy; nothing is added to such a ledger.`,
    { folder },
  );
}

/**
 * Durable when it returns.
 *
 * @returns undefined where somebody else wrote a row of that number first: nothing is changed then.
 */
export function addRow(folder: string, rows: readonly Row[], added: NewRow): Row | undefined {
  const entry = rows.length + 1;
  const body = JSON.parse(JSON.stringify(added.body)) as Row['body'];
  const { type } = added;
  const made = {
    entry,
    type,
    body,
    hash: hashOf(rows.at(-1)?.hash ?? GENESIS, { entry, type, body }),
  };
  const path = pathOf(folder, entry);
  const aside = `${path}.${process.pid}.new`;
  mkdirSync(folder, { recursive: true });
  rmSync(aside, { force: true });
  createDurably(aside, `${JSON.stringify(made)}\n`, READABLE);
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  syncFolder(folder);
  return made;
}

/** There is nothing in it that others may not see. */
const READABLE = 0o644;

export const isLedger = (folder: string): boolean =>
  entriesOf(folder).some((name) => FILE.test(name));
