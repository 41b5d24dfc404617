import type { Awaitable } from '../core/json.ts';

/** What was opened before is closed when the work on it fails: it may hold threads and processes. */
export async function orClose<T>(
  opened: { close(): Awaitable<void> },
  work: () => Awaitable<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await opened.close();
    throw error;
  }
}
