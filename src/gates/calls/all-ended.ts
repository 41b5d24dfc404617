/** Calls that run at the same time: nothing is asked any more once a check has its answer, or an error. */

/** What each came to, in order. @throws the first error in that order, once all have ended. */
export async function allEnded<T extends readonly unknown[]>(
  begun: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(begun);
  return (await Promise.all(begun)) as unknown as T;
}
