/** What a proposer says of its own trial, beside the candidate or instead of one. */
import { z } from 'zod';

export const remarks = {
  /** It had none, for the reason in `message`: the text is empty, and nothing was measured. */
  noCandidate: z.literal(true).optional(),
  /** In its own words what it changes: it decides nothing. */
  hypothesis: z.string().optional(),
  /** The gain it expected before the measurement, in the metric's unit; positive is better. */
  expected: z.number().optional(),
} as const;
