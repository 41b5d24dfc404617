/** Entries about answers from outside: what was put aside for a call, what it took, and what came of it. */
import { z } from 'zod';
import { remarks } from './remarks.ts';
import { spend } from './spend.ts';
import { step } from './steps.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** Numbers the calls of a study, from 0. */
const call = count;

export const PROPOSAL_EVENTS = {
  /** Durable before the call is made. */
  'spend.reserved': z.strictObject({ call, to: z.string(), most: spend }),
  'spend.settled': z.strictObject({
    call,
    spent: spend,
    /** The tokens of `spent`, as sent and received; absent where nobody knows, and in older ledgers. */
    usage: z.strictObject({ input: count, output: count }).optional(),
    /** It ended without anybody knowing what it took: what was put aside is booked. */
    unanswered: z.literal(true).optional(),
  }),
  /** Of a proposer that cannot be asked for the same again: a study that goes on takes it from here. */
  'proposal.made': z.strictObject({
    text: z.string(),
    key: z.string(),
    size: count,
    parents: z.array(hash).readonly(),
    operator: z.string(),
    considered: count,
    evals: count.optional(),
    /** Why there is no candidate, and how the trial ends without one where not as invalid. */
    why: z.string().optional(),
    endsAs: z.enum(['infra-error', 'over-budget']).optional(),
    /** Its arm knew the key when it was asked. */
    isKnown: z.literal(true).optional(),
    ...remarks,
  }),
  /** What an agent did on the way to its answer. */
  'proposal.step': step,
} as const;
