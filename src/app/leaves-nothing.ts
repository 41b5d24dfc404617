/** A work folder that goes with whoever works in it, also where the process is ended meanwhile. */
import { removeWork, sweepWork } from './study-files.ts';

/** Whoever ends the process by `process.exit` leaves nothing of `id` behind, neither folders nor processes. */
export async function whileWorking<T>(
  root: string,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  const leave = (): void => sweepWork(root, id);
  process.once('exit', leave);
  try {
    return await work();
  } finally {
    process.off('exit', leave);
    removeWork(root, id);
  }
}
