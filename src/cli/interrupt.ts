/** Ctrl-C where nothing has begun that could be resumed: what was made is taken away, and the process ends. */
import { EXIT } from '../core/errors.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Work folders go as the process ends, which it would not hear of from a signal that nobody takes. */
export async function interruptible<T>(
  work: () => Promise<T>,
  said = 'Interrupted; nothing was begun.\n',
): Promise<T> {
  const leave = (): void => {
    process.stderr.write(said);
    process.exit(EXIT.interrupted);
  };
  for (const name of SIGNALS) process.once(name, leave);
  try {
    return await work();
  } finally {
    for (const name of SIGNALS) process.removeListener(name, leave);
  }
}
