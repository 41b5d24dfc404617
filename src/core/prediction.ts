/** What whoever hands in a candidate expects of it: recorded before anything is measured, and it decides nothing. */
import { z } from 'zod';
import { REMARKS, type Remarks } from './remarks.ts';

const MOST_WORDS = 2_000;
const words = z.string().trim().min(1).max(MOST_WORDS);

export const prediction = {
  /** In their own words what it changes. */
  hypothesis: words.exactOptional(),
  /** Why that should help. */
  mechanism: words.exactOptional(),
  /** The gain, in the metric's unit; positive is better. */
  expected: z.number().exactOptional(),
  /** Between what that gain is expected to lie. */
  expectedInterval: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
} as const;

export type Prediction = Readonly<z.infer<z.ZodObject<typeof prediction>>>;

const NAMES = Object.keys(prediction) as (keyof Prediction)[];

/** What stands against it; undefined where nothing does. */
export function oddPrediction({ expected, expectedInterval }: Prediction): string | undefined {
  if (expectedInterval === undefined) return undefined;
  if (expected === undefined) return 'an interval needs the effect that it is about';
  const [low, high] = expectedInterval;
  if (low <= expected && expected <= high) return undefined;
  return 'the predicted effect lies outside its own interval';
}

/** Without the keys that were not given. */
export function predictionOf(said: Prediction): Prediction {
  const given = NAMES.filter((name) => said[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, said[name]]));
}

/** Whether a trial's entry says what was predicted, all of it and no more. */
export function isPredicted(said: Prediction, recorded: Remarks): boolean {
  const due: Remarks = predictionOf(said);
  return REMARKS.every((name) => JSON.stringify(due[name]) === JSON.stringify(recorded[name]));
}
