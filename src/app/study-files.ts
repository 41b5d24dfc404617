/**
 * Where things of a study lie:
 *
 *     .paceline/studies/<id>/   ledger.db, study.lock, study.json (config as it was), report/,
 *                               steer/ (what people said and nobody has taken up yet, mode 0700)
 *     .paceline/gate/<id>       secret of the confirm cases, mode 0600; revealed when the study closes
 *     .paceline/gate/<id>.db    the gate's own record of a study with a hold-out, mode 0600: never in the
 *                               study's folder, so that a copy put back cannot turn its count back
 *     .paceline/gate/<id>.secret, <id>.evidence/, keys/   the gatekeeper's own secret of a study, what its
 *                               verdicts rest on, and what it signs with
 *     .paceline/used-by/        what portfolios of other folders leave, so that nobody takes their studies away
 *     .paceline/work/           workspaces of the evaluator command, removed at start and end
 */
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import { type Hash, sha256 } from '../core/hash.ts';
import { endStrays } from '../sandboxes/runner/runner.ts';
import { createDurably, replaceDurably, syncFolder, syncFolders } from '../stores/durable.ts';
import { STUDY_NAME } from '../stores/sqlite-file.ts';
import { isAbandonedAside, makeAside } from './aside.ts';
import { faultOf } from './file-fault.ts';
import { readRecord } from './read-record.ts';

export const STATE_FOLDER = '.paceline';
const RECORD_FILE = 'study.json';

export const studyRecord = z.strictObject({
  id: z.string().regex(STUDY_NAME),
  root: z.string(),
  config: z.unknown(),
});
export type StudyRecord = z.infer<typeof studyRecord>;

export function stateFolder(root: string): string {
  return join(root, STATE_FOLDER);
}

export function studyFolder(root: string, id: string): string {
  return join(stateFolder(root), 'studies', id);
}

export function workFolder(root: string, id: string): string {
  return join(stateFolder(root), 'work', id);
}

function secretPath(root: string, id: string): string {
  return join(stateFolder(root), 'gate', id);
}

export function gateRecordPath(root: string, id: string): string {
  return join(stateFolder(root), 'gate', `${id}.db`);
}

/** The gatekeeper's own secret of a study, which the engine never reads: made at its first start. */
export function gateSecretPath(root: string, id: string): string {
  return join(stateFolder(root), 'gate', `${id}.secret`);
}

/** What verdicts rest on, sealed: a file for each. */
export function evidencePath(root: string, id: string): string {
  return join(stateFolder(root), 'gate', `${id}.evidence`);
}

/** Signing keys of all studies of the folder. */
export function keysFolder(root: string): string {
  return join(stateFolder(root), 'gate', 'keys');
}

/** The gatekeeper's workspaces of a study, beside the engine's: named so that they end with them. */
export function gateWork(id: string): string {
  return `${id}.gate`;
}

export function auditWork(id: string): string {
  return `${id}.audit`;
}

/** A new id such as `bin-packing-7f3a`. */
export function newStudyId(name: string): string {
  return `${name}-${randomBytes(3).toString('hex')}`;
}

/** Root of a study's confirm cases: 256 bits nobody but the gate folder has. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Writes the record of a new study and its secret; git never sees either. A study is there with its
 * last step: one that is found has a secret, and is no half of one to whoever clears up meanwhile. What
 * is cut off before is found by the folder aside, which names the study before anything of it lies
 * with the gate (`orphansOf`). Each step is on the disk before the next: the same after a power cut.
 *
 * @param sealMore Puts beside the secret what else the gate keeps.
 */
export function createStudyFiles(
  study: StudyRecord,
  secret: string,
  sealMore: () => void = () => undefined,
): void {
  const folder = stateFolder(study.root);
  try {
    const aside = makeAside(folder, 'new');
    const made = join(aside, study.id);
    mkdirSync(made);
    writeFileSync(join(folder, '.gitignore'), '*\n');
    const sealed = secretPath(study.root, study.id);
    mkdirSync(dirname(sealed), { recursive: true, mode: 0o700 });
    syncFolders(aside, study.root);
    createDurably(sealed, secret, 0o600);
    sealMore();
    syncFolder(dirname(sealed));
    replaceDurably(join(made, RECORD_FILE), JSON.stringify(study, null, 2));
    putStudy(made, study);
    rmSync(aside, { recursive: true });
  } catch (cause) {
    if (PacelineError.is(cause)) throw cause;
    throw new PacelineError(
      'WORKSPACE',
      `The study cannot be created below ${folder}: ${faultOf(cause).what}. ${faultOf(cause).remedy ?? 'Make the folder writable or free some space'}.`,
      { folder },
      { cause },
    );
  }
}

/** Puts a study's folder, whole and synced, where studies are found; durable when it returns. */
export function putStudy(made: string, { root, id }: Pick<StudyRecord, 'root' | 'id'>): void {
  const target = studyFolder(root, id);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(made, target);
  syncFolders(dirname(target), root);
}

/** @throws PacelineError `STUDY_UNKNOWN` when there is no such study here. */
export function readStudyRecord(root: string, id: string): StudyRecord {
  const path = join(studyFolder(root, id), RECORD_FILE);
  if (!existsSync(path)) {
    const known = listStudies(root);
    const hint = known.length > 0 ? `Known here: ${known.join(', ')}.` : NONE_STARTED;
    throw new PacelineError('STUDY_UNKNOWN', `There is no study "${id}" in ${root}. ${hint}`, {
      id,
      known,
    });
  }
  const remedy = 'Restore it from a copy; the ledger beside it is untouched.';
  const found = readRecord(path, { schema: studyRecord, remedy });
  if (found.id === id) return found;
  throw new PacelineError(
    'WORKSPACE',
    `${path} is the record of ${found.id}, not of ${id}. A copied study keeps its name: put the folder back under studies/${found.id}, in another place.`,
    { path, id: found.id },
  );
}

/** A study that came from elsewhere is to belong to another folder. */
export function rehome(from: string, id: string, root: string): void {
  const path = join(studyFolder(from, id), RECORD_FILE);
  writeFileSync(path, JSON.stringify({ ...readStudyRecord(from, id), root }, null, 2));
}

export function readSecret(root: string, id: string): string {
  const path = secretPath(root, id);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  throw new PacelineError(
    'SECRET_MISSING',
    `The secret of ${id} (${path}) is gone, so its confirm cases cannot be continued. Restore the file or start a new study.`,
    { id },
  );
}

/** Of every study begun in this folder, finished ones too; none comes with an import. */
export function hasSecret(root: string, id: string): boolean {
  return existsSync(secretPath(root, id));
}

export function isStudy(root: string, id: string): boolean {
  return existsSync(join(studyFolder(root, id), RECORD_FILE));
}

/** Its store was opened, be it for a moment. */
export function hasLedger(root: string, id: string): boolean {
  return existsSync(join(studyFolder(root, id), 'ledger.db'));
}

/** Study ids, oldest first. */
export function listStudies(root: string): readonly string[] {
  return oldestFirst(join(stateFolder(root), 'studies'), RECORD_FILE);
}

/** Undefined where nothing is, or where a file stands in the way of a folder: a file manager leaves such. */
function bornAt(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

/** Names of the folders below `folder` that have the file, by its age. */
export function oldestFirst(folder: string, file: string): readonly string[] {
  return entriesOf(folder)
    .flatMap((id) => {
      const born = bornAt(join(folder, id, file));
      return born === undefined ? [] : [{ id, born }];
    })
    .sort((a, b) => a.born - b.born)
    .map(({ id }) => id);
}

/** Of a folder that may not be there. */
export function entriesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** The study named, or the newest one. @throws PacelineError `STUDY_UNKNOWN` where there is none. */
export function pickStudy(root: string, id: string | undefined): string {
  const chosen = id ?? listStudies(root).at(-1);
  if (chosen === undefined) {
    const above = studiesAbove(root);
    const next =
      above === undefined ? NONE_STARTED : `Studies of the repository lie at its top: cd ${above}`;
    throw new PacelineError('STUDY_UNKNOWN', `There is no study in ${root}. ${next}`);
  }
  readStudyRecord(root, chosen);
  return chosen;
}

/** Of a repository: a package of it is measured where the person stands, its study lies at the top. */
function studiesAbove(root: string): string | undefined {
  for (let at = dirname(root); at !== dirname(at); at = dirname(at)) {
    if (listStudies(at).length > 0) return at;
  }
  return undefined;
}

const NONE_STARTED = 'None has been started in this folder; run paceline run.';

/** Ends what a killed process left running and takes its folders away. Only for the holder of the lock. */
export function sweepWork(root: string, id: string): void {
  endStrays(workFolder(root, id));
  removeWork(root, id);
}

/** With its secret and what its gates keep of it. */
export function removeStudy(root: string, id: string): void {
  for (const path of [workFolder(root, id), studyFolder(root, id), ...sealedPaths(root, id)]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** What lies with the gate for a study. */
export function sealedPaths(root: string, id: string): readonly string[] {
  const own = [gateSecretPath(root, id), evidencePath(root, id)];
  return [secretPath(root, id), gateRecordPath(root, id), ...own];
}

/**
 * Studies that are not here and that nobody makes now, of which a start that was cut off left something
 * with the gate. A secret whose study was taken elsewhere is none: no folder aside names it.
 */
export function orphansOf(root: string): readonly string[] {
  const state = stateFolder(root);
  const asides = entriesOf(state).filter((name) => name.startsWith('new-'));
  const namesIn = (some: readonly string[]): readonly string[] =>
    some.flatMap((name) => entriesOf(join(state, name)));
  const beingMade = namesIn(asides.filter((name) => !isAbandonedAside(name)));
  return namesIn(asides.filter(isAbandonedAside)).filter(
    (id) =>
      !beingMade.includes(id) &&
      !existsSync(studyFolder(root, id)) &&
      sealedPaths(root, id).some((path) => existsSync(path)),
  );
}

/** So that a study planned beforehand can begin after all. */
export function removeOrphan(root: string, id: string): void {
  if (!orphansOf(root).includes(id)) return;
  for (const path of sealedPaths(root, id)) rmSync(path, { recursive: true, force: true });
}

export function removeWork(root: string, id: string): void {
  // A process that was ended may still be ending: its folder is tried again.
  const again = { maxRetries: 5, retryDelay: 20 };
  for (const one of [id, gateWork(id), auditWork(id)])
    rmSync(workFolder(root, one), { recursive: true, force: true, ...again });
}

/** Digest over the names and bytes of read-only files: a study is resumed only with the same ones. */
export function digestFiles(root: string, entries: readonly string[]): Hash {
  const files = entries
    .flatMap((entry) => filesBelow(resolve(root, entry.replace(/\/\*\*$/, ''))))
    .sort();
  return sha256(
    files.map((file) => `${file.slice(root.length)}\n${sha256(readFileSync(file))}`).join('\n'),
  );
}

/** A judge larger than this is data, and belongs behind the generator. */
export const LARGEST_FILE: number = 256 * 1024 * 1024;

/** Not our own state; links count as what they point at, and once. */
function filesBelow(path: string, above: ReadonlySet<string> = new Set()): string[] {
  if (basename(path) === STATE_FOLDER) return [];
  const real = realPathOf(path);
  const stat = statSync(real);
  if (stat.isDirectory()) {
    if (above.has(real)) return [];
    const inside = new Set([...above, real]);
    return readdirSync(real).flatMap((name) => filesBelow(join(path, name), inside));
  }
  if (stat.isFile() && stat.size <= LARGEST_FILE) return [path];
  const what = stat.isFile() ? 'is larger than 256 MiB' : 'is neither a file nor a folder';
  throw new PacelineError(
    'CONFIG_INVALID',
    `surface.readonly names ${path}, which ${what}. Name only the sources that judge; make large data with splits.generator.`,
    { path },
  );
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new PacelineError(
      'CONFIG_INVALID',
      `surface.readonly names ${path}, which does not exist. Correct the path in paceline.yaml.`,
      { path },
    );
  }
}
