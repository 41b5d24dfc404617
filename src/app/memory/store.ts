/**
 * The memory of a folder: `.paceline/memory/<64 hexadecimal digits>.json`, one closed study a file, named by its
 * content, and tombstones of what people took back. Nothing is ever changed; what is missing is derived again.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { canonicalJson, contentId, type Hash } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { replaceDurably, syncFolders } from '../../stores/durable.ts';
import { type StudyPlace, withLedger, withSoundLedger } from '../read-ledger.ts';
import { hasLedger, hasSecret, listStudies, stateFolder } from '../study-files.ts';
import { deriveMemory } from './derive.ts';
import { type MemoryRecord, memoryRecord } from './record.ts';

const tombstone = z.strictObject({
  schema: z.literal('paceline/forgotten/1'),
  forgets: z.string(),
});
const kept = z.discriminatedUnion('schema', [memoryRecord, tombstone]);
type Kept = z.infer<typeof kept>;

export interface Remembered {
  readonly id: Hash;
  readonly record: MemoryRecord;
  readonly isForgotten: boolean;
}

const FILE = /^[0-9a-f]{64}\.json$/;
const folderOf = (root: string): string => join(stateFolder(root), 'memory');
const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Oldest study name first. @throws PacelineError MEMORY_INVALID for a file that was altered. */
export function readMemory(root: string): readonly Remembered[] {
  const folder = folderOf(root);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => FILE.test(file));
  const read = files.sort().map((file) => readKept(join(folder, file), file));
  const forgotten = new Set(
    read.flatMap(({ value }) => (value.schema === 'paceline/forgotten/1' ? [value.forgets] : [])),
  );
  return read
    .flatMap(({ id, value }) =>
      value.schema === 'paceline/memory/1'
        ? [{ id, record: value, isForgotten: forgotten.has(id) }]
        : [],
    )
    .sort((a, b) => (a.record.study < b.record.study ? -1 : 1));
}

function readKept(path: string, file: string): { readonly id: Hash; readonly value: Kept } {
  const id = `sha256:${file.slice(0, -'.json'.length)}`;
  try {
    const value = kept.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (contentId(asJson(value)) === id) return { id, value };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
  }
  throw new PacelineError(
    'MEMORY_INVALID',
    `${path} is not what its name says: it was altered, damaged, or written by another release. Remove the file; what a study left is derived again from its ledger.`,
    { path },
  );
}

function keep(root: string, value: Kept): Hash {
  const id = contentId(asJson(value));
  const folder = folderOf(root);
  const path = join(folder, `${id.slice('sha256:'.length)}.json`);
  if (existsSync(path)) return id;
  mkdirSync(folder, { recursive: true });
  replaceDurably(path, `${canonicalJson(asJson(value))}\n`);
  syncFolders(folder, resolve(root));
  return id;
}

export interface Gathered {
  readonly all: readonly Remembered[];
  /** Closed studies of which nothing is taken, each with the reason. */
  readonly skipped: readonly { readonly study: string; readonly why: string }[];
}

/** Who writes a ledger could bar what is good in it. */
const FOREIGN = 'it was not begun in this folder, so what it calls a dead end is hearsay.';

/** Derives what closed studies left that is not kept yet; a ledger that does not hold is told, not used. */
export async function gatherMemory(root: string): Promise<Gathered> {
  const known = new Set(readMemory(root).map(({ record }) => record.study));
  const skipped: { readonly study: string; readonly why: string }[] = [];
  for (const id of listStudies(root)) {
    if (known.has(id) || !hasLedger(root, id)) continue;
    if (!hasSecret(root, id)) {
      skipped.push({ study: id, why: FOREIGN });
      continue;
    }
    try {
      // Before its chain is followed from end to end: of a study that goes on nothing is taken.
      if (!(await isClosed({ root, id }))) continue;
      const record = await derived(root, id);
      if (record) keep(root, record);
    } catch (error) {
      if (!PacelineError.is(error)) throw error;
      skipped.push({ study: id, why: error.message });
    }
  }
  return { all: readMemory(root), skipped };
}

/** By its own entry alone, which has an index. */
function isClosed(place: StudyPlace): Promise<boolean> {
  return withLedger(place, async (ledger) => {
    for await (const page of ledger.read(0, { types: ['study.closed'], pageSize: 1 })) {
      if (page.length > 0) return true;
    }
    return false;
  });
}

function derived(root: string, id: string): Promise<MemoryRecord | undefined> {
  return withSoundLedger({ root, id }, (ledger) => {
    const { seq, hash } = ledger.durable;
    return deriveMemory(ledger.read(0), { study: id, head: { seq, hash } });
  });
}

/** Takes it back for good: a study of which it was derived again stays forgotten, too. */
export function forget(root: string, { id }: Remembered): void {
  keep(root, { schema: 'paceline/forgotten/1', forgets: id });
}

/** @throws PacelineError USAGE where nothing, or more than one, is called so. */
export function findRemembered(all: readonly Remembered[], wanted: string): Remembered {
  const digits = wanted.replace(/^sha256:/, '');
  const [only, ...others] = all.filter(
    ({ id, record }) =>
      record.study === wanted || (digits.length >= 4 && id.startsWith(`sha256:${digits}`)),
  );
  if (only !== undefined && others.length === 0) return only;
  throw new PacelineError(
    'USAGE',
    only === undefined
      ? `Nothing here was left by "${wanted}". Name a closed study or the first digits of an id; paceline memory list shows them.`
      : `${others.length + 1} records begin with "${wanted}". Give more digits; paceline memory list shows them.`,
    { wanted },
  );
}
