/** What an improver was trained on, kept in its slots by whoever grew it. */
import { z } from 'zod';
import type { Improver } from '../../improver/artifact.ts';

export const TRAINING_SLOT = 'training';

const training = z.strictObject({
  /** Of the generator, or the folder as it was named. */
  name: z.string(),
  seed: z.int(),
  /** Content id of the task set. */
  set: z.string(),
  candidates: z.int(),
  /** Which line it belongs to (improver/recursion/readings.ts): absent for what was grown to be used. */
  line: z.string().exactOptional(),
});

export type Training = z.infer<typeof training>;

/** Undefined where nobody says. */
export function trainingOf({ slots }: Improver): Training | undefined {
  const { data } = training.safeParse(slots[TRAINING_SLOT]);
  return data;
}
