import { PacelineError } from '../core/errors.ts';
import { lockOwner } from '../stores/study-lock.ts';
import { stateFolder } from './study-files.ts';

/** Asks the process that holds the study to finish it. @returns its pid. @throws `USAGE` when none does. */
export function requestStop(root: string, id: string): number {
  return requestEnd(id, lockOwner(stateFolder(root), id)?.pid);
}

/** The same of a process known already. */
export function requestEnd(id: string, pid: number | undefined): number {
  if (pid === undefined) {
    throw new PacelineError(
      'USAGE',
      `${id} is not running, so there is nothing to stop. See paceline status.`,
      { id },
    );
  }
  process.kill(pid, 'SIGTERM');
  return pid;
}
