/** What a proposer says of its own trial, beside the candidate or instead of one. */
import { z } from 'zod';
import { refusal, spend } from './spend.ts';

export const remarks = {
  /** It had none, for the reason in `message`: the text is empty, and nothing was measured. */
  noCandidate: z.literal(true).optional(),
  /** In its own words what it changes: it decides nothing. */
  hypothesis: z.string().optional(),
  /** The gain it expected before the measurement, in the metric's unit; positive is better. */
  expected: z.number().optional(),
  /** Between what it expected that gain to lie. */
  expectedInterval: z.tuple([z.number(), z.number()]).readonly().optional(),
  /** Why it thought so, and the notes it named as its source. */
  mechanism: z.string().optional(),
  cites: z.array(z.string()).readonly().optional(),
  /** The model that wrote it, and what the calls for it took. */
  model: z.string().optional(),
  spent: spend.optional(),
  /** Of a trial that ended over budget: what stood against its call. */
  refused: refusal.optional(),
} as const;

export type Remarks = z.infer<z.ZodObject<typeof remarks>>;

/** All of it that a draft has under the same name. */
export const REMARKS = [
  'hypothesis',
  'expected',
  'expectedInterval',
  'mechanism',
  'cites',
  'model',
  'spent',
  'refused',
] as const satisfies readonly (keyof Remarks)[];
