/** What a person may say to a study while it runs. Checked when it is said and when it is taken up. */
import { z } from 'zod';
import { approvalSaid } from './approval.ts';
import { constraint } from './constraint.ts';
import { oddPrediction, prediction } from './prediction.ts';

const MOST_NOTE = 2_000;
const MOST_NAME = 200;
const id = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().nonnegative();
/** Which steering this is: it is taken up once, whatever happens in between. */
export const steeringId = z.string().regex(/^[0-9a-z-]{1,64}$/);
const name = z.string().min(1).max(MOST_NAME);

/** Never measured, bred from, confirmed or promoted from then on. */
const veto = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('candidate'), candidate: id }),
  z.strictObject({ what: z.literal('operator'), name }),
  z.strictObject({ what: z.literal('proposer'), name }),
]);

/** New limits in the place of the old ones; those not named stay. */
const budget = z.strictObject({
  wallMs: count.optional(),
  trials: count.optional(),
  evals: count.optional(),
  requests: count.optional(),
  tokens: count.optional(),
  microUsd: count.optional(),
});

/** Canonical text of a candidate that somebody outside wrote: tried like any other, believed no more. */
const candidate = z
  .strictObject({ text: z.string().min(1), ...prediction })
  .superRefine((said, context) => {
    const odd = oddPrediction(said);
    if (odd !== undefined) context.addIssue({ code: 'custom', message: odd });
  });

/** A candidate that stays available as a parent, or no longer does. */
const named = z.strictObject({ candidate: id });

/** Takes back a veto or a constraint, from there on: the steering that pronounced it. */
const lift = z.strictObject({ steering: steeringId });

/** An incident is dealt with, and how: what it stopped may go on. */
const closing = z.strictObject({
  incident: z.int().positive(),
  reason: z.string().min(1).max(MOST_NOTE),
});

/** `kind` and `value` of `study.steered`. */
export const steering = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('note'), value: z.string().min(1).max(MOST_NOTE) }),
  z.strictObject({ kind: z.literal('veto'), value: veto }),
  z.strictObject({ kind: z.literal('budget'), value: budget }),
  z.strictObject({ kind: z.literal('candidate'), value: candidate }),
  z.strictObject({ kind: z.literal('constraint'), value: constraint }),
  z.strictObject({ kind: z.literal('lift'), value: lift }),
  z.strictObject({ kind: z.literal('pin'), value: named }),
  z.strictObject({ kind: z.literal('unpin'), value: named }),
  z.strictObject({ kind: z.literal('close-incident'), value: closing }),
]);

export type Steering = z.infer<typeof steering>;
export type SteeringKind = Steering['kind'];
/** One kind of it. */
export type SteeringOf<K extends SteeringKind> = Extract<Steering, { readonly kind: K }>;

/** Who handed in a candidate, as its trial names proposer and operator. */
export interface Outsider {
  readonly proposer: string;
  readonly operator: string;
}

export const PERSON: Outsider = { proposer: 'person', operator: 'hand-written' };
/** A program that speaks the Model Context Protocol: it acts for somebody, and is no person. */
const CLIENT: Outsider = { proposer: 'mcp', operator: 'submitted' };

/** What stands before the name of such a program. No user of a machine has a colon in theirs. */
export const BY_CLIENT = 'mcp:';
export const BY_HUMAN = 'human:';

export function isClient(by: string): boolean {
  return by.startsWith(BY_CLIENT);
}

export function outsiderOf(by: string): Outsider {
  return isClient(by) ? CLIENT : PERSON;
}

/** What lies in the folder: who says so is what they say of themselves. */
export const steeringLetter = z.strictObject({
  schema: z.literal('paceline.steer/1'),
  by: name,
  said: z.union([steering, approvalSaid]),
});

export type SteeringLetter = z.infer<typeof steeringLetter>;
