/** What an agent does while it works on a proposal: kept for people, and it decides nothing. */
import { z } from 'zod';

export const STEP_KINDS = [
  'plan',
  'thought',
  'message',
  'tool',
  'diff',
  'permission',
  'note',
] as const;

/** In the agent's words, made fit for lines. */
export const step = z.strictObject({ kind: z.enum(STEP_KINDS), says: z.string() });

export type Step = Readonly<z.infer<typeof step>>;

/** Of one proposal; what comes after is counted. */
export const MOST_STEPS = 256;
