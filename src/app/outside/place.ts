/** The door for programs of others: which studies they may name. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { said } from '../../core/said.ts';
import { STUDY_NAME } from '../../stores/sqlite-file.ts';
import type { StudyPlace } from '../read-ledger.ts';
import { listStudies, studyFolder } from '../study-files.ts';

/**
 * A study by the name of its folder, never by a path: neither a name that leads elsewhere nor a link in its
 * place reaches the disk.
 * @throws PacelineError `STUDY_UNKNOWN`.
 */
export function knownStudy(root: string, name: string): StudyPlace {
  if (STUDY_NAME.test(name) && outsideStudies(root).includes(name)) return { root, id: name };
  throw new PacelineError(
    'STUDY_UNKNOWN',
    `There is no study ${said(name)} here. list_studies names those that there are.`,
  );
}

/** Ids, oldest first; without links, which may lead anywhere. */
export function outsideStudies(root: string): readonly string[] {
  return listStudies(root).filter((id) => STUDY_NAME.test(id) && isOwn(studyFolder(root, id)));
}

const OURS = ['study.json', 'ledger.db', 'steer'] as const;

function isOwn(folder: string): boolean {
  const isLink = (path: string): boolean =>
    lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return !isLink(folder) && !OURS.some((name) => isLink(join(folder, name)));
}
