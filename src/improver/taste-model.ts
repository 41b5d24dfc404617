/** The taste of an improver: nets that say how likely a draft beats its parent, one for each kind of candidate. */
import { z } from 'zod';

export const TASTE_SCHEMA = 'paceline/taste/1';

const MOST_UNITS = 256;
/** Of one unit: a sum of so many tanh of them is still far from where floats lose a digit. */
const LARGEST_WEIGHT = 1000;
const count = z.int().min(0);

const net = z
  .strictObject({
    /** Of the features it was trained on: to another version the same numbers mean something else. */
    version: z.int().min(1),
    inputs: z.int().min(1).max(MOST_UNITS),
    hidden: z.int().min(1).max(MOST_UNITS),
    /** Of each hidden unit followed by its bias, unit by unit; then those of the output and its bias. */
    weights: z.array(z.number().min(-LARGEST_WEIGHT).max(LARGEST_WEIGHT)),
    /** Trials that nobody chose it was trained on, and how many of them were better. */
    trials: count,
    better: count,
  })
  .refine(
    ({ inputs, hidden, weights }) => weights.length === hidden * (inputs + 2) + 1,
    'has another number of weights than its inputs and units need',
  )
  .refine(({ trials, better }) => better <= trials, 'more were better than were tried');

export const tasteModel = z.strictObject({
  schema: z.literal(TASTE_SCHEMA, `must be ${TASTE_SCHEMA}: learn it again with this version`),
  /** Of programs of a closed language, by what they decide. */
  forests: net.exactOptional(),
  /** Of source files, by their text. */
  sources: net.exactOptional(),
});

export type TasteNet = z.infer<typeof net>;
