/** Takes in a study that `export` wrote: unpacked aside, verified whole, then put in place. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { extract, list } from 'tar';
import { PacelineError } from '../core/errors.ts';
import { EXPORTED } from './export-study.ts';
import { listStudies, rehome, stateFolder, studyFolder, studyRecord } from './study-files.ts';
import { type VerifyReport, verifyStudy } from './verify-study.ts';

export interface Imported {
  readonly id: string;
  readonly report: VerifyReport;
}

/** Larger than any study that a laptop wrote; an archive that unpacks to more is refused. */
const LARGEST_BYTES = 64 * 1024 ** 3;

/**
 * @throws PacelineError `USAGE` for a file that is no export or a study that is here already,
 *   `LEDGER_ALTERED` or `LEDGER_VERSION` for a ledger that does not verify. Nothing is left behind.
 */
export async function importStudy(root: string, file: string): Promise<Imported> {
  const archive = resolve(file);
  await refuseUnlessExport(archive);
  const state = stateFolder(root);
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, '.gitignore'), '*\n');
  const aside = mkdtempSync(join(state, 'import-'));
  try {
    const id = await unpack(archive, aside);
    if (listStudies(root).includes(id)) {
      throw new PacelineError(
        'USAGE',
        `There is a study ${id} here already. Import it in another folder.`,
        { id },
      );
    }
    const report = await verifyStudy(aside, id);
    if (!report.ok) throw doesNotHold(archive, report);
    mkdirSync(join(state, 'studies'), { recursive: true });
    renameSync(studyFolder(aside, id), studyFolder(root, id));
    rehome(root, id);
    return { id, report };
  } finally {
    rmSync(aside, { recursive: true, force: true });
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
  try {
    const path = join(folder, EXPORTED.record);
    const record = studyRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (basename(record.id) !== record.id) throw new Error('its id is no name');
    return record.id;
  } catch (cause) {
    throw notAnExport(archive, (cause as Error).message);
  }
}

/** Names and sizes first: an archive from somebody else may hold anything. */
async function refuseUnlessExport(archive: string): Promise<void> {
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
  let bytes = 0;
  await list({
    file: archive,
    strict: true,
    onReadEntry({ path, type, size }) {
      bytes += size;
      if (!known.test(path) || (type !== 'File' && type !== 'Directory')) strange.push(path);
    },
  }).catch((error: Error) => {
    throw notAnExport(archive, error.message);
  });
  if (strange.length > 0) throw notAnExport(archive, `it holds ${JSON.stringify(strange[0])}`);
  if (bytes === 0 || bytes > LARGEST_BYTES)
    throw notAnExport(archive, `it unpacks to ${bytes} bytes`);
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
    : new PacelineError(
        'LEDGER_ALTERED',
        `The study in ${archive} does not verify (${what}). Nothing was imported; get the file again from where it was written.`,
        { archive },
      );
}
