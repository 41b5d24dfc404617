/**
 * Improvers of a folder: `.paceline/improvers/<64 hexadecimal digits>.json`, one immutable generation a file.
 *
 * Kept with whatever came of it: a generation that was not promoted stays, so that a curve has no gaps.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { canonicalJson, type Hash } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { bareImprover, type Improver, improverId } from '../../improver/artifact.ts';
import { readImprover } from '../../improver/read.ts';
import { replaceDurably, syncFolders } from '../../stores/durable.ts';
import { faultOf } from '../file-fault.ts';
import { stateFolder } from '../study-files.ts';

export interface KeptImprover {
  readonly id: Hash;
  readonly improver: Improver;
}

const FILE = /^[0-9a-f]{64}\.json$/;
const folderOf = (root: string): string => join(stateFolder(root), 'improvers');
const pathOf = (root: string, id: Hash): string =>
  join(folderOf(root), `${id.replace('sha256:', '')}.json`);

/** The start that has learnt nothing goes by this name, in a domain. */
const BARE: Readonly<Record<string, Improver>> = {
  bare: bareImprover('numbers'),
  'bare-text': bareImprover('text'),
};

export function kept(improver: Improver): KeptImprover {
  return { id: improverId(improver), improver };
}

/** All of a folder, by generation. @throws PacelineError IMPROVER_INVALID for one that was altered. */
export function listImprovers(root: string): readonly KeptImprover[] {
  const folder = folderOf(root);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => FILE.test(file))
    .sort()
    .map((file) => readKept(join(folder, file), `sha256:${file.slice(0, -'.json'.length)}`))
    .sort((a, b) => a.improver.generation - b.improver.generation);
}

function readKept(path: string, id: Hash): KeptImprover {
  return { id, improver: readImprover(jsonOf(path), path, id) };
}

/** @throws PacelineError IMPROVER_INVALID for what is no JSON, USAGE for a file that cannot be read. */
export function jsonOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { what, remedy = 'Name another file' } = faultOf(error);
    throw new PacelineError('USAGE', `${path} cannot be read: ${what}. ${remedy}.`, { path });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PacelineError(
      'IMPROVER_INVALID',
      `${path} is no JSON. Export the improver again, and do not edit it.`,
      { path },
      { cause },
    );
  }
}

/**
 * Whole or not at all; a generation that is there already stays as it is.
 *
 * @throws PacelineError IMPROVER_INVALID when its parent is not there, and for what could not be read again: one such
 *   file would end every later look at the folder.
 */
export function keepImprover(root: string, improver: Improver): KeptImprover {
  const one = kept(improver);
  const { parent, generation } = improver;
  if (parent !== null && !existsSync(pathOf(root, parent)))
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The parent of generation ${generation}, ${parent}, is not here. Import it first, or export the generation with paceline improver export, which takes its parents along.`,
      { parent, generation },
    );
  if (parent !== null) refuseNumber(one, readKept(pathOf(root, parent), parent));
  const path = pathOf(root, one.id);
  if (existsSync(path)) return readKept(path, one.id);
  const text = canonicalJson(improver as unknown as Json);
  readImprover(JSON.parse(text), `What would be generation ${generation}`, one.id);
  mkdirSync(folderOf(root), { recursive: true });
  replaceDurably(path, `${text}\n`);
  syncFolders(folderOf(root), resolve(root));
  return one;
}

/** A generation's number is its place in the chain, whatever it says. @throws PacelineError IMPROVER_INVALID. */
function refuseNumber({ id, improver }: KeptImprover, parent: KeptImprover): void {
  const due = parent.improver.generation + 1;
  if (improver.generation === due) return;
  throw new PacelineError(
    'IMPROVER_INVALID',
    `${id} says that it is generation ${improver.generation}, and its parent is generation ${parent.improver.generation}: it can only be ${due}. Export it again from where it was grown.`,
    { id, generation: improver.generation, due },
  );
}

/** What a person wrote for a generation, in words. */
export const NAMES =
  'a file, the first digits of an id, g3 for the only generation 3 here, or bare';

const WHOLE_ID = /^(?:sha256:)?([0-9a-f]{64})$/;

/**
 * A whole id reads its own file alone: a study under way does not end because another improver was damaged.
 *
 * @throws PacelineError USAGE where nothing, or more than one, is called so, IMPROVER_INVALID for one that was altered.
 */
export function findImprover(root: string, wanted: string): KeptImprover {
  const bare = Object.hasOwn(BARE, wanted) ? BARE[wanted] : undefined;
  if (bare !== undefined) return kept(bare);
  if (isFile(wanted)) return chained(root, fromFile(resolve(root, wanted)));
  const whole = WHOLE_ID.exec(wanted)?.[1];
  if (whole !== undefined && existsSync(pathOf(root, whole)))
    return readKept(pathOf(root, whole), `sha256:${whole}`);
  const all = listImprovers(root);
  const number = /^g(\d+)$/.exec(wanted)?.[1];
  const digits = wanted.replace(/^sha256:/, '');
  const fitting = all.filter(({ id, improver }) =>
    number === undefined
      ? digits.length >= 4 && id.startsWith(`sha256:${digits}`)
      : improver.generation === Number(number),
  );
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return chained(root, [only]);
  throw new PacelineError(
    'USAGE',
    only === undefined
      ? `No improver here is called "${wanted}". Name ${NAMES}; paceline improver list shows what is here.`
      : `${fitting.length} improvers here are called "${wanted}". Give the first digits of an id; paceline improver list shows them.`,
    { wanted, found: fitting.length },
  );
}

/** The last of a lineage that begins at a generation 0, or at one whose parents are here. */
function chained(root: string, lineage: readonly KeptImprover[]): KeptImprover {
  lineageOf(root, lineage[0] as KeptImprover);
  return lineage.at(-1) as KeptImprover;
}

/** What a name stands for with all its parents, as far as they are needed to keep it here. */
export function lineageFrom(root: string, wanted: string): readonly KeptImprover[] {
  return isFile(wanted) ? fromFile(resolve(root, wanted)) : [findImprover(root, wanted)];
}

const isFile = (wanted: string): boolean => wanted.endsWith('.json');

const fromFile = (path: string): readonly KeptImprover[] => readLineage(jsonOf(path), path);

export const LINEAGE_SCHEMA = 'paceline/improvers/1';

/** From generation 0 on, each the parent of the next. @throws PacelineError IMPROVER_INVALID. */
export function readLineage(value: unknown, where: string): readonly KeptImprover[] {
  const { schema, improvers } = (value ?? {}) as { schema?: unknown; improvers?: unknown };
  if (schema !== LINEAGE_SCHEMA || !Array.isArray(improvers) || improvers.length === 0)
    return [kept(readImprover(value, where))];
  const read = improvers.map((one: { id?: unknown; improver?: unknown }, at) => ({
    id: String(one.id),
    improver: readImprover(one.improver, `improver ${at} of ${where}`, String(one.id)),
  }));
  read.forEach(({ improver }, at) => {
    const before = read[at - 1]?.id ?? null;
    if (improver.parent !== before)
      throw new PacelineError(
        'IMPROVER_INVALID',
        `The parent of generation ${improver.generation} is missing in ${where}. Export it again, with paceline improver export.`,
        { where, generation: improver.generation },
      );
    const parent = read[at - 1];
    if (parent !== undefined) refuseNumber({ id: improverId(improver), improver }, parent);
  });
  return read;
}

/** A generation with its parents, oldest first. @throws PacelineError IMPROVER_INVALID when one is missing or misnumbered. */
export function lineageOf(root: string, { id, improver }: KeptImprover): readonly KeptImprover[] {
  const { parent, generation } = improver;
  if (parent === null) return [{ id, improver }];
  if (!existsSync(pathOf(root, parent)))
    throw new PacelineError(
      'IMPROVER_INVALID',
      `The parent of generation ${generation}, ${parent}, is not in ${folderOf(root)}. Import it first.`,
      { parent, generation },
    );
  const before = readKept(pathOf(root, parent), parent);
  refuseNumber({ id, improver }, before);
  return [...lineageOf(root, before), { id, improver }];
}
