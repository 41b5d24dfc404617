/** Ctrl-C where no study runs that could be resumed. */
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

interface Signalled {
  /** At the second signal, before the process ends. */
  readonly abandon?: () => void;
  /** To stderr where the work ended because it was asked to; absent: it says so itself and does not throw. */
  readonly said?: string;
}

/**
 * Work that ends in order at the first signal; a second one does not wait.
 *
 * @param work Returns the exit code.
 */
export async function untilSignalled(
  work: (signal: AbortSignal) => Promise<number>,
  { abandon = () => undefined, said }: Signalled,
): Promise<number> {
  const controller = new AbortController();
  const { signal } = controller;
  const listen = (): void => {
    if (signal.aborted) {
      abandon();
      process.exit(EXIT.interrupted);
    }
    controller.abort(new Error('It was interrupted.'));
  };
  for (const name of SIGNALS) process.on(name, listen);
  try {
    return await work(signal);
  } catch (error) {
    if (!signal.aborted || said === undefined) throw error;
    process.stderr.write(said);
    return EXIT.interrupted;
  } finally {
    for (const name of SIGNALS) process.removeListener(name, listen);
  }
}
