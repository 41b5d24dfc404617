import type { Awaitable } from '../core/json.ts';

interface Closable {
  close(): Awaitable<void>;
}

/** What was opened before is closed when the work on it fails: it may hold threads and processes. */
export async function orClose<T>(opened: Closable, work: () => Awaitable<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export function together(parts: readonly Closable[]): { close(): Promise<void> } {
  return { close: async () => void (await Promise.all(parts.map((part) => part.close()))) };
}
