/** Which cases decide: keys of `splits` beside the generator and the training epochs. */
import { z } from 'zod';

/**
 * A sealed set, drawn from the secret. What passed its confirm and has its gain block is measured on
 * it before its promotion; nothing but one bit of it is told before the study ends. Absent: none.
 */
export const holdoutSplit = z
  .strictObject({
    cases: z.int().min(20).max(100_000),
    /** Questions a set answers; then it is retired and the next is sealed. */
    queries: z.int().min(1).max(1_000).default(20),
  })
  .optional();

/**
 * Where confirms draw their cases. Absent: new ones from the secret, without end. `pool`: there are
 * only so many, numbered 0 … cases − 1, and no other seed is one of them.
 */
export const confirmSplit = z
  .strictObject({
    pool: z.strictObject({
      cases: z.int().min(50).max(1_000_000),
      /**
       * `blocks`: each is used once, and when they are used up the study can confirm no more. `bit`: all
       * attempts are measured on the same ones, and nothing but accepted or not is ever told.
       */
      use: z.enum(['blocks', 'bit']).default('blocks'),
    }),
  })
  .optional();
