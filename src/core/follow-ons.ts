/** What the engine proposes to try next, and why: recorded before it is tried, and scored afterwards. */
import { z } from 'zod';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** Rule by which they are chosen (claims/follow-ons.ts): fixed when a study opens. */
export const FOLLOW_ON_RULE = 'paceline.follow-ons/1' as const;

export const FOLLOW_ON_KINDS = ['ablate', 'refute', 'transfer', 'extend'] as const;
export type FollowOnKind = (typeof FOLLOW_ON_KINDS)[number];

export const FOLLOW_ON_REASONS = [
  'promotion',
  /** A promotion whose measured interval misses what was expected of it before it ran. */
  'off-prediction',
  /** A confirm that failed though the screen saw at least the effect the study was planned for. */
  'unconfirmed',
  /** The incumbent of a control arm is worth as much as the one of the search. */
  'caught-up',
] as const;
export type FollowOnReason = (typeof FOLLOW_ON_REASONS)[number];

const proposal = z.strictObject({
  /** Numbers the follow-ons of a study, from 1. */
  number: z.int().positive(),
  kind: z.enum(FOLLOW_ON_KINDS),
  /** The trial of the search that tries it, unless the study ends before. */
  trial: count,
  /** What is tried; absent where a proposer is asked for it: then `operator` says what for. */
  candidate: z.strictObject({ text: z.string(), key: z.string(), size: count }).optional(),
  /** Of an extension: what the proposer of that trial is asked to do once more, to the incumbent. */
  operator: z.string().optional(),
  hypothesis: z.string(),
  /** The gain over the incumbent that is expected, oriented as gains are; positive is better. */
  expected: z.number(),
  expectedInterval: z.tuple([z.number(), z.number()]).readonly().optional(),
  /** It was right where its screen sees less gain than this; absent, where it is promoted. */
  rightBelow: z.number().optional(),
  /** Evaluations it is expected to take. */
  evals: count,
  /** The strongest reason not to try it. */
  against: z.string(),
});
export type FollowOn = z.infer<typeof proposal>;

export const FOLLOW_ON_EVENTS = {
  'follow-ons.proposed': z.strictObject({
    why: z.enum(FOLLOW_ON_REASONS),
    /** The trial that they follow, and the incumbent that they are about. */
    about: count,
    incumbent: hash,
    next: z.array(proposal).max(3).readonly(),
    /** Kinds that cannot be proposed here, each with the reason. */
    notApplicable: z
      .array(z.strictObject({ kind: z.enum(FOLLOW_ON_KINDS), why: z.string() }))
      .readonly(),
  }),
} as const;

/** Of the trial that tried one. */
export const triedFollowOn = z.strictObject({
  number: z.int().positive(),
  /** Oriented mean of its screen less what it was compared with; absent without scores, or where the incumbent it is about was replaced. */
  gain: z.number().optional(),
});

/** Who proposes them, as their trials name it. An extension is its own proposer's. */
export const FOLLOW_ON_PROPOSER = 'follow-ons';
