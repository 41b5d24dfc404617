/** A file that `export` wrote, opened aside and checked whole: what `import` takes in and `verify` reads. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extract, list } from 'tar';
import { sizeText } from '../core/bytes.ts';
import { PacelineError } from '../core/errors.ts';
import { EXPORTED } from './export-study.ts';
import { withLedger } from './read-ledger.ts';
import { isBoundConfig } from './recorded-config.ts';
import { stateFolder, studyFolder, studyRecord } from './study-files.ts';
import { type Outside, recordedOpening, type VerifyReport, verifyStudy } from './verify-study.ts';

export interface VerifiedArchive {
  readonly id: string;
  readonly report: VerifyReport;
}

/**
 * Straight from the file: nothing is put in place, and nothing is left behind.
 *
 * @throws PacelineError `USAGE` for a file that is no export, `LEDGER_ALTERED` where its record is not of
 *   its ledger or that cannot be read, `DISK_FAILED` where there is no room to unpack it.
 */
export async function verifyArchive(
  file: string,
  outside?: string | Outside,
): Promise<VerifiedArchive> {
  const archive = resolve(file);
  const bytes = await bytesOfExport(archive);
  const aside = folderForIt();
  try {
    refuseWithoutRoom(archive, bytes, aside);
    const id = await unpack(archive, aside);
    return { id, report: await checkUnpacked({ archive, aside, id, outside }) };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function folderForIt(): string {
  try {
    return mkdtempSync(join(tmpdir(), `paceline-verify-${process.pid}-`));
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `No folder to unpack it can be made in ${tmpdir()}: ${(cause as Error).message}. Set TMPDIR to a folder that can be written to.`,
      { folder: tmpdir() },
      { cause },
    );
  }
}

interface Unpacked {
  readonly archive: string;
  readonly aside: string;
  readonly id: string;
  readonly outside?: string | Outside | undefined;
}

/**
 * The ledger by its chain and its evidence, the record by what the first entry says of it. A ledger that
 * does not hold is a report with findings. @throws PacelineError for what cannot be read at all.
 */
export async function checkUnpacked({
  archive,
  aside,
  id,
  outside,
}: Unpacked): Promise<VerifyReport> {
  try {
    const report = await verifyStudy(aside, id, outside);
    if (!report.ok) return report;
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
export async function unpack(archive: string, aside: string): Promise<string> {
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
export async function bytesOfExport(archive: string): Promise<number> {
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
    // Of the library: "TAR_ENTRY_INVALID: checksum failure".
    throw notAnExport(archive, error.message.replace(/^TAR_[A-Z_]+: /, ''));
  });
  if (strange.length > 0) throw notAnExport(archive, `it holds ${JSON.stringify(strange[0])}`);
  for (const needed of [EXPORTED.record, EXPORTED.ledger])
    if (!found.has(needed)) throw notAnExport(archive, `it holds no ${needed}`);
  return bytes;
}

export function refuseWithoutRoom(archive: string, bytes: number, state: string): void {
  const { bavail, bsize } = statfsSync(state);
  const free = bavail * bsize;
  if (bytes <= free) return;
  throw new PacelineError(
    'DISK_FAILED',
    `${archive} unpacks to ${sizeText(bytes)}, and ${state} has room for ${sizeText(free)}. Free some space, or take it to a larger disk.`,
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

export function altered(archive: string, what: string): PacelineError {
  return new PacelineError(
    'LEDGER_ALTERED',
    `The study in ${archive} does not verify (${what}). Nothing of it was taken in; get the file again from where it was written.`,
    { archive },
  );
}
