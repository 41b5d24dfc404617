/**
 * Entries of the safety loop: what the gatekeeper said, what audits found, how fast the study may go, what
 * went wrong and what people agreed to. Verdicts and hashes of evidence, never a reason of a rejection:
 * proposers may learn whatever the ledger holds (safety.md §2).
 */
import { z } from 'zod';
import { APPROVAL_REASONS, approvalBinding } from './approval.ts';
import { gateStamp } from './holdout.ts';
import { steeringId } from './steering.ts';
import { caseRule } from './verdict.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().nonnegative();
/** Ed25519, base64. */
const signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
/** Of a public key: hash of its raw 32 bytes. */
const keyId = hash;
/** Numbers what it names in a study, from 1. */
const number = z.int().positive();

/** Reason of a check that stands before no promotion. */
export const DEEP_WORDS = 'deep audits look at it, no promotion does';

const unchecked = z.strictObject({
  check: z.string(),
  why: z.string(),
  /** Deep audits look at it. Absent where nothing does, and in ledgers of before, where the reason alone says so. */
  tier: z.literal('deep').optional(),
});

/** Whether deep audits look at it; of ledgers of before, by their reason. */
export function isOfDeepTier({ tier, why }: z.infer<typeof unchecked>): boolean {
  return tier === 'deep' || why === DEEP_WORDS;
}

/** Fixed when the study opens: which checks apply, from the config alone, and what debt may stand. */
export const gatesPromise = z.strictObject({
  /** Hash of the declaration that decided what applies (gates/contract.ts `Declaration`), and of the limits below. */
  declared: hash,
  /** Checks of the floor, in order of name. */
  floor: z.array(z.string()).readonly(),
  /** Every other check of safety.md §3, and why it does not apply. */
  unchecked: z.array(unchecked).readonly(),
  /** Weight of one unaudited promotion, and the most debt that may stand (safety.md §4). */
  weight: z.number().positive(),
  maxDebt: z.number().positive(),
  /** Share of the floor's promise that the checks that apply keep, 0 to 1. */
  completeness: z.number().min(0).max(1),
  /** Ratio of verified gain at which a person is asked. Absent: 4. */
  personGain: z.number().min(1).optional(),
  /** What bounds the cases of each property in a verdict (C5). Absent: of studies before 2026-11-28, or C5 does not apply. */
  caseRule: caseRule.optional(),
});
export type GatesPromise = z.infer<typeof gatesPromise>;

export const PACE_VERDICTS = ['go', 'throttle', 'stop'] as const;

export const SAFETY_EVENTS = {
  /** The process that judges, at the start of each epoch. A study goes on only with the same digest. */
  'gatekeeper.joined': z.strictObject({
    /** Of its code, its checks and its thresholds. */
    digest: hash,
    /** The secret of its cases: revealed when the study closes. */
    secretCommit: hash,
    key: keyId,
    /** Raw Ed25519 public key, base64. */
    publicKey: z.string(),
    /** It runs as another user than the engine; else why not. */
    user: z.union([
      z.strictObject({ own: z.literal(true) }),
      z.strictObject({ shared: z.string() }),
    ]),
  }),
  /** When the search is over: it judges nothing from then on, and its cases can be drawn again. */
  'gatekeeper.left': z.strictObject({ revealedSecret: z.string() }),
  /** Of the floor. `deferred`: it found no verdict, which is never a pass. */
  'gate.judged': z.strictObject({
    candidate: hash,
    against: hash,
    verdict: z.enum(['pass', 'fail', 'deferred']),
    /** A person has to agree before the promotion. */
    needsPerson: z.literal(true).optional(),
    /** A deep audit follows its promotion at once; whether by chance or for its rank is not told. */
    sampled: z.literal(true).optional(),
    /** Cases of each property (C5), the same for every candidate: of the origin's cost alone. */
    propertyCases: number.optional(),
    ...gateStamp,
    key: keyId,
    signature,
  }),
  'audit.opened': z.strictObject({
    audit: number,
    /** What was certified last, and the incumbent that is audited. */
    from: hash,
    to: hash,
    /** Promotions of the study up to `to`. */
    promotions: count,
    why: z.enum(['gain', 'generations', 'debt', 'sampled', 'end', 'person']),
    /** CPU time that it may take, ms: what safety's share left when it was opened. Absent: no share is known. */
    cpuMs: z.number().nonnegative().optional(),
  }),
  'audit.finished': z.strictObject({
    audit: number,
    verdict: z.enum(['pass', 'fail', 'deferred']),
    /** Share of the deep tier's promise that it kept, 0 to 1: the rest stays as debt. */
    completeness: z.number().min(0).max(1),
    tookMs: z.number().nonnegative(),
    cpuMs: z.number().nonnegative(),
    ...gateStamp,
    key: keyId,
    signature,
  }),
  /** Recall on traps and false positives on honest controls, over the last of them. */
  'gate.rated': z.strictObject({
    traps: count,
    caught: count,
    honest: count,
    refused: count,
    /** Wilson 95 % lower bound of recall. */
    recallLower: z.number().min(0).max(1),
    frozen: z.boolean(),
    ...gateStamp,
  }),
  'pace.changed': z.strictObject({
    verdict: z.enum(PACE_VERDICTS),
    ratePerHour: z.number().nonnegative().optional(),
    reason: z.string(),
    debt: z.number().nonnegative(),
  }),
  /** The incumbent pointer moves back to what was certified last; its lineage is barred from then on. */
  'candidate.rolled-back': z.strictObject({
    arm: z.string(),
    from: hash,
    to: hash,
    why: z.string(),
    quarantined: z.array(hash).readonly(),
  }),
  'incident.opened': z.strictObject({
    incident: number,
    kind: z.string(),
    detail: z.string(),
    candidate: hash.optional(),
  }),
  'incident.closed': z.strictObject({ incident: number, by: z.string(), reason: z.string() }),
  /**
   * Bound to all of what it names: any change needs a new one. Of a gate change, `candidate` and `evidence`
   * are the digest of the gate that would judge from now on, `against` that of the one before.
   */
  'approval.requested': z.strictObject({
    approval: number,
    about: z.enum(['promotion', 'gate-change']),
    why: z.array(z.enum(APPROVAL_REASONS)).min(1).readonly(),
    ...approvalBinding,
    /** What the candidate reaches for that the incumbent did not, in words. */
    scope: z.array(z.string()).readonly(),
    /** Readings of the wall clock, ms since 1970. */
    requestedAt: count,
    expiresAt: count,
  }),
  'approval.decided': z.strictObject({
    approval: number,
    decision: z.enum(['approve', 'reject', 'expired', 'superseded']),
    /** The wall clock when it was taken up, ms since 1970: what expiry is judged by. */
    at: count,
    /** Absent where nobody decided. */
    by: z.string().optional(),
    /** What the person left in the folder: it is taken up once. */
    letter: steeringId.optional(),
    /** Another gate judges since, and judges the candidate anew. */
    again: z.literal(true).optional(),
    key: keyId.optional(),
    signature: signature.optional(),
    reason: z.string(),
  }),
  /** The Merkle root over the hashes of the entries `from` to `to`, both included. */
  'root.signed': z.strictObject({
    generation: count,
    from: number,
    to: number,
    root: hash,
    key: keyId,
    signature,
  }),
  'root.published': z.strictObject({
    generation: count,
    /** Where, in words: a folder or a git remote. */
    place: z.string(),
    /** Why it is not there after all: the next publication brings it along. */
    failed: z.string().optional(),
  }),
} as const;

/** The same study judged by another gatekeeper has other secrets and the same search. */
export const NOT_LOGICAL_SAFETY: readonly string[] = Object.keys(SAFETY_EVENTS).filter(
  (type) => type !== 'candidate.rolled-back',
);
