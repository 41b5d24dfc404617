/** A copy of a ledger as of now, taken beside whoever writes it: one file, no log, no lock. */
import { openForReading, readFailure, studyFolder } from './sqlite-file.ts';

/** @throws PacelineError for a ledger that cannot be read, or a disk that has no room. */
export function copyLedger(directory: string, study: string, target: string): void {
  const folder = studyFolder(directory, study);
  const db = openForReading(folder);
  try {
    db.prepare('vacuum into ?').run([target]);
  } catch (cause) {
    throw readFailure(folder, cause);
  } finally {
    db.close();
  }
}
