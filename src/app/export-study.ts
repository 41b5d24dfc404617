/** A study as one file to send or keep: its record and ledger, never its secret or its workspaces. */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { create } from 'tar';
import { PacelineError } from '../core/errors.ts';
import { placeDurably } from '../stores/durable.ts';
import { copyLedger } from '../stores/sqlite-copy.ts';
import { unwritable } from './file-fault.ts';
import { refuseUnbegun } from './read-ledger.ts';
import { readStudyRecord, stateFolder, studyFolder } from './study-files.ts';

export const EXPORT_SUFFIX = '.paceline.tgz';

/** Names in the archive, and nothing beside them. */
export const EXPORTED = { record: 'study.json', ledger: 'ledger.db', blobs: 'blobs' } as const;

export interface ExportRequest {
  readonly root: string;
  readonly id: string;
  /** File to write; must not exist. */
  readonly file: string;
}

/** Not what a crash left half-written beside them. */
const WHOLE_BLOBS = { recursive: true, filter: (path: string) => !path.endsWith('.new') };

/**
 * What is durable now, beside a running study too. Times inside are set to zero: equal studies make
 * equal files. The file is there whole and durable, or not at all.
 * @throws PacelineError `WORKSPACE` when the file exists or cannot be written.
 */
export async function exportStudy({ root, id, file }: ExportRequest): Promise<string> {
  const target = resolve(file);
  if (existsSync(target)) {
    throw new PacelineError(
      'WORKSPACE',
      `${target} exists. Name another file: paceline export ${id} FILE.`,
      { target },
    );
  }
  const record = readStudyRecord(root, id);
  refuseUnbegun({ root, id });
  const folder = folderOfCopy();
  const aside = `${target}.${process.pid}.new`;
  try {
    writeFileSync(join(folder, EXPORTED.record), JSON.stringify(record, null, 2));
    copyLedger(stateFolder(root), id, join(folder, EXPORTED.ledger));
    const blobs = join(studyFolder(root, id), EXPORTED.blobs);
    if (existsSync(blobs)) cpSync(blobs, join(folder, EXPORTED.blobs), WHOLE_BLOBS);
    const names = Object.values(EXPORTED).filter((name) => existsSync(join(folder, name)));
    await create({ file: aside, gzip: true, cwd: folder, portable: true, noMtime: true }, names);
    placeDurably(aside, target);
  } catch (cause) {
    rmSync(aside, { force: true });
    if (PacelineError.is(cause)) throw cause;
    throw unwritable(target, cause);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return target;
}

function folderOfCopy(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'paceline-export-'));
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `No folder for a copy of the study can be made in ${tmpdir()}: ${(cause as Error).message}. Set TMPDIR to a folder that can be written to.`,
      { folder: tmpdir() },
      { cause },
    );
  }
}
