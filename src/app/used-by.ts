/**
 * Which portfolios of other folders rest on studies of this one: `.paceline/used-by/<portfolio>.json`. A
 * portfolio leaves it before it begins one, since from here its own record is not to be found.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readRecord } from './read-record.ts';
import { entriesOf, stateFolder } from './study-files.ts';
import { writeRecord } from './whole-record.ts';

const use = z.strictObject({
  schema: z.literal('paceline.used-by/1'),
  portfolio: z.string(),
  /** Its folder, as it was, and from here: either may be moved with or without the other. */
  folder: z.string(),
  fromHere: z.string(),
  studies: z.array(z.string()),
});
type Use = z.infer<typeof use>;

export interface Using {
  readonly portfolio: string;
  readonly folder: string;
  readonly studies: readonly string[];
}

/** Of another folder's portfolio, once. @throws PacelineError `WORKSPACE` where it cannot be written. */
export function leaveUse(root: string, { portfolio, folder, studies }: Using): void {
  const path = join(folderOf(root), `${portfolio}.json`);
  const [here, there] = [root, folder].map((one) => realpathSync(one)) as [string, string];
  if (here === there || existsSync(path)) return;
  const record: Use = {
    schema: 'paceline.used-by/1',
    portfolio,
    folder: there,
    fromHere: relative(here, there),
    studies: [...studies],
  };
  writeRecord(root, record, { path, what: `The note that ${portfolio} uses studies here` });
}

/** Paths of all of them. */
export function listUses(root: string): readonly string[] {
  return entriesOf(folderOf(root))
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folderOf(root), name));
}

/** @throws PacelineError `WORKSPACE` for a damaged one. */
export function readUse(path: string): Use {
  return readRecord(path, {
    schema: use,
    remedy: 'Restore it from a copy, or remove it once no portfolio elsewhere uses a study here.',
  });
}

/**
 * Whether its portfolio is `there`, `gone`, or cannot be asked, because a folder in which it may lie is missing:
 * moved, or on a disk that is not mounted.
 */
export function stateOfUse(
  root: string,
  { folder, fromHere }: Use,
  isThere: (folder: string) => boolean,
): 'there' | 'gone' | 'unknown' {
  const places = [folder, resolve(realpathSync(root), fromHere)];
  if (places.some(isThere)) return 'there';
  const isKnown = places.every((place) =>
    statSync(place, { throwIfNoEntry: false })?.isDirectory(),
  );
  return isKnown ? 'gone' : 'unknown';
}

function folderOf(root: string): string {
  return join(stateFolder(root), 'used-by');
}
