/** Several at a time, of which the first that fails ends all. */
import pLimit from 'p-limit';

/**
 * Begun in order, at most `atOnce` at a time (from 1). Once one fails the others are told by the signal, and nothing is
 * begun any more; it returns when all that was begun has ended, so that nobody takes away what they still stand on.
 * @throws what the first failure in time was, or the reason of `signal`.
 */
export async function allOrNone<T>(
  items: readonly T[],
  work: (item: T, until: AbortSignal) => Promise<void>,
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
): Promise<void> {
  const abort = new AbortController();
  const until = AbortSignal.any([signal, abort.signal]);
  const limit = pLimit(atOnce);
  const begun = items.map((item) =>
    limit(async () => {
      until.throwIfAborted();
      try {
        await work(item, until);
      } catch (error) {
        // Here, before the next one is begun.
        abort.abort(error);
        throw error;
      }
    }),
  );
  await Promise.allSettled(begun);
  until.throwIfAborted();
}
