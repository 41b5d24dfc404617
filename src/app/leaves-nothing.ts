/** A work folder that goes with whoever works in it, also where the process is ended meanwhile. */
import { atExit } from '../sandboxes/runner/at-exit.ts';
import { removeWork, sweepWork } from './study-files.ts';

/** Whoever ends the process by `process.exit` leaves nothing of `id` behind, neither folders nor processes. */
export async function whileWorking<T>(
  root: string,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  const done = atExit(() => sweepWork(root, id));
  try {
    return await work();
  } finally {
    done();
    removeWork(root, id);
  }
}
