/** What an improver was trained on, kept in its slots by whoever grew it. */
import { z } from 'zod';
import type { Improver } from '../../improver/artifact.ts';
import { INPUT_DIGITS, OUTPUT_DIGITS } from '../../synthesis/fingerprint.ts';

export const TRAINING_SLOT = 'training';

const MOST_INPUTS = 2_000;
const MOST_TASKS = 10_000;

const behaviour = z.strictObject({
  inputs: z.array(z.string().length(INPUT_DIGITS)).max(MOST_INPUTS),
  tasks: z.array(z.string().max(OUTPUT_DIGITS * MOST_INPUTS)).max(MOST_TASKS),
});

const training = z.strictObject({
  /** Of the generator, or the folder as it was named. */
  name: z.string(),
  seed: z.int(),
  /** Content id of the task set. */
  set: z.string(),
  candidates: z.int(),
  /** Which line it belongs to (improver/recursion/readings.ts): absent for what was grown to be used. */
  line: z.string().exactOptional(),
  /** Of a control: which generation of the line that is used it stands beside. */
  beside: z.int().exactOptional(),
  /** Of a control whose one long search memory ended: the part of the total that it had. */
  share: z.number().exactOptional(),
  /** Of what no generator makes again: what its training tasks do, to be recognised wherever they lie. */
  behaviour: behaviour.exactOptional(),
});

export type Training = z.infer<typeof training>;

/** Undefined where nobody says. */
export function trainingOf({ slots }: Improver): Training | undefined {
  const { data } = training.safeParse(slots[TRAINING_SLOT]);
  return data;
}
