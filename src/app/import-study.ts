/** Takes in a study that `export` wrote: unpacked aside, verified whole, then put in place. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { extract, list } from 'tar';
import { sizeText } from '../core/bytes.ts';
import { PacelineError } from '../core/errors.ts';
import { syncTree } from '../stores/durable.ts';
import { makeAside } from './aside.ts';
import { EXPORTED } from './export-study.ts';
import { withLedger } from './read-ledger.ts';
import { isBoundConfig } from './recorded-config.ts';
import {
  listStudies,
  putStudy,
  rehome,
  stateFolder,
  studyFolder,
  studyRecord,
} from './study-files.ts';
import { recordedOpening, type VerifyReport, verifyStudy } from './verify-study.ts';

export interface Imported {
  readonly id: string;
  readonly report: VerifyReport;
}

/**
 * @throws PacelineError `USAGE` for a file that is no export or a study that is here already,
 *   `LEDGER_ALTERED` or `LEDGER_VERSION` for one that does not verify, `DISK_FAILED` where it has no
 *   room, `WORKSPACE` where nothing can be written. Nothing is left behind.
 */
export async function importStudy(root: string, file: string): Promise<Imported> {
  const archive = resolve(file);
  const bytes = await bytesOfExport(archive);
  const state = stateFolder(root);
  try {
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, '.gitignore'), '*\n');
    refuseWithoutRoom(archive, bytes, state);
    const aside = makeAside(state, 'import');
    try {
      return await takeIn({ archive, aside, root });
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  } catch (cause) {
    if (PacelineError.is(cause)) throw cause;
    throw new PacelineError(
      'WORKSPACE',
      `The study cannot be put below ${state}: ${(cause as Error).message}. Make the folder writable or free some space.`,
      { state },
      { cause },
    );
  }
}

interface Import {
  readonly archive: string;
  readonly aside: string;
  readonly root: string;
}

/** The rename is the last step: a kill or a power cut before it leaves nothing that counts as a study. */
async function takeIn({ archive, aside, root }: Import): Promise<Imported> {
  const id = await unpack(archive, aside);
  if (listStudies(root).includes(id)) {
    throw new PacelineError(
      'USAGE',
      `There is a study ${id} here already. Import it in another folder.`,
      { id },
    );
  }
  const report = await verified(archive, aside, id);
  rehome(aside, id, root);
  syncTree(studyFolder(aside, id));
  putStudy(studyFolder(aside, id), { root, id });
  return { id, report };
}

/** The ledger by its chain and its evidence, the record by what the first entry says of it. */
async function verified(archive: string, aside: string, id: string): Promise<VerifyReport> {
  try {
    const report = await verifyStudy(aside, id);
    if (!report.ok) throw doesNotHold(archive, report);
    const opened = await withLedger({ root: aside, id }, recordedOpening);
    if (opened !== undefined && isBoundConfig(aside, id, opened)) return report;
    throw altered(archive, 'its study.json holds another config than the ledger was opened with');
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    // A file that will be gone when this is read: to people it lies in the archive.
    const message = error.message.replaceAll(studyFolder(aside, id), archive);
    throw new PacelineError(error.code, message, { archive }, { cause: error });
  }
}

/** Below `aside` as below any folder with studies, so that whatever reads studies reads this one. */
async function unpack(archive: string, aside: string): Promise<string> {
  const folder = join(stateFolder(aside), 'unpacked');
  mkdirSync(folder, { recursive: true });
  await extract({ file: archive, cwd: folder, strict: true });
  const id = idOf(folder, archive);
  mkdirSync(join(stateFolder(aside), 'studies'), { recursive: true });
  renameSync(folder, studyFolder(aside, id));
  return id;
}

/** What the record says it is; its folder of origin is nobody's business here. */
function idOf(folder: string, archive: string): string {
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(join(folder, EXPORTED.record), 'utf8'));
  } catch {
    throw notAnExport(archive, `its ${EXPORTED.record} is not JSON`);
  }
  const { data } = studyRecord.safeParse(record);
  if (data === undefined) throw notAnExport(archive, `its ${EXPORTED.record} is no study's record`);
  return data.id;
}

/** Names and sizes first: an archive from somebody else may hold anything. Bytes that it unpacks to. */
async function bytesOfExport(archive: string): Promise<number> {
  if (!existsSync(archive) || !statSync(archive).isFile()) {
    throw new PacelineError(
      'USAGE',
      `There is no file ${archive}. Name what paceline export wrote.`,
      {
        archive,
      },
    );
  }
  const known = new RegExp(
    `^(${EXPORTED.record}|${EXPORTED.ledger.replace('.', '[.]')}|${EXPORTED.blobs}(/[0-9a-f]+)*/?)$`,
  );
  const strange: string[] = [];
  const found = new Set<string>();
  let bytes = 0;
  await list({
    file: archive,
    strict: true,
    onReadEntry({ path, type, size }) {
      bytes += size;
      found.add(path);
      if (!known.test(path) || (type !== 'File' && type !== 'Directory')) strange.push(path);
    },
  }).catch((error: Error) => {
    throw notAnExport(archive, error.message);
  });
  if (strange.length > 0) throw notAnExport(archive, `it holds ${JSON.stringify(strange[0])}`);
  for (const needed of [EXPORTED.record, EXPORTED.ledger])
    if (!found.has(needed)) throw notAnExport(archive, `it holds no ${needed}`);
  return bytes;
}

function refuseWithoutRoom(archive: string, bytes: number, state: string): void {
  const { bavail, bsize } = statfsSync(state);
  const free = bavail * bsize;
  if (bytes <= free) return;
  throw new PacelineError(
    'DISK_FAILED',
    `${archive} unpacks to ${sizeText(bytes)}, and ${state} has room for ${sizeText(free)}. Free some space, or import it on a larger disk.`,
    { bytes, free },
  );
}

function notAnExport(archive: string, why: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `${archive} is not what paceline export writes: ${why}. Export the study again, or fetch the file again.`,
    { archive },
  );
}

function doesNotHold(archive: string, report: VerifyReport): PacelineError {
  const [first] = report.findings;
  const what = first ? `entry ${first.seq}: ${first.detail}` : 'nothing could be derived again';
  return report.isUnverified
    ? new PacelineError(
        'LEDGER_VERSION',
        `The study in ${archive} was written by a release that this one does not know (${what}). Import it with that release or a newer one.`,
        { archive },
      )
    : altered(archive, what);
}

function altered(archive: string, what: string): PacelineError {
  return new PacelineError(
    'LEDGER_ALTERED',
    `The study in ${archive} does not verify (${what}). Nothing was imported; get the file again from where it was written.`,
    { archive },
  );
}
