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
  try {
    process.kill(pid, 'SIGTERM');
  } catch (cause) {
    const isForeign = (cause as NodeJS.ErrnoException).code === 'EPERM';
    throw new PacelineError(
      'USAGE',
      isForeign
        ? `${id} is run by process ${pid} of another account, which takes no signal from yours. Stop it as that account.`
        : `${id} ended a moment ago, so there is nothing to stop. See paceline status.`,
      { id, pid },
      { cause },
    );
  }
  return pid;
}
