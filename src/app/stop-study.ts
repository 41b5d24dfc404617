import { PacelineError } from '../core/errors.ts';
import { lockOwner } from '../stores/study-lock.ts';
import { stateFolder } from './study-files.ts';

/** Asks the process that holds the study to finish it. @returns its pid. @throws `USAGE` when none does. */
export function requestStop(root: string, id: string): number {
  const owner = lockOwner(stateFolder(root), id);
  if (owner === undefined) {
    throw new PacelineError(
      'USAGE',
      `${id} is not running, so there is nothing to stop. See paceline status.`,
      { id },
    );
  }
  process.kill(owner.pid, 'SIGTERM');
  return owner.pid;
}
