/** Takes in a study that `export` wrote: unpacked aside, verified whole, then put in place. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { syncTree } from '../stores/durable.ts';
import { altered, bytesOfExport, checkUnpacked, refuseWithoutRoom, unpack } from './archive.ts';
import { makeAside } from './aside.ts';
import { listStudies, putStudy, rehome, stateFolder, studyFolder } from './study-files.ts';
import type { VerifyReport } from './verify-study.ts';

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

/** @throws PacelineError `LEDGER_ALTERED` for one that does not hold. */
async function verified(archive: string, aside: string, id: string): Promise<VerifyReport> {
  const report = await checkUnpacked({ archive, aside, id });
  if (!report.ok) throw doesNotHold(archive, report);
  return report;
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
