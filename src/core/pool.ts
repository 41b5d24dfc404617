/**
 * A finite pool of cases, numbered from 0, in an order that follows from the secret: each is drawn
 * once, without replacement, by whatever needs a case that nobody has seen.
 */
import { z } from 'zod';
import type { RngRoot } from './rng.ts';
import { shuffle } from './shuffled.ts';

/** What a study promised of its pool when it opened. */
export const studyPool = z.strictObject({
  /** Numbered from 0. */
  cases: z.int().positive(),
  use: z.enum(['blocks', 'bit']),
  /** The first of the order, which all attempts share; 0 for `blocks`. */
  asked: z.int().nonnegative(),
});
export type StudyPool = z.infer<typeof studyPool>;

/** A random permutation of 0 … size − 1. */
export function poolOrder(secret: RngRoot, size: number): Uint32Array {
  const rng = secret.stream(-1, 'pool');
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  shuffle(order, rng);
  return order;
}
