/**
 * What the gatekeeper keeps of a verdict, in its own chain: which check found what, and the hash of the
 * evidence. None of it is in the ledger, where proposers could learn from it.
 */
import { z } from 'zod';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const share = z.number().min(0).max(1);
const count = z.int().nonnegative();

const finding = z.strictObject({
  check: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  why: z.string(),
  cases: count,
  /** Of the file in the sealed store that holds what it rests on. */
  evidence: hash,
  suspicion: share.optional(),
  completeness: share.optional(),
  needsPerson: z.string().optional(),
  incident: z.string().optional(),
});
export type SealedFinding = z.infer<typeof finding>;

/** What bounds the cases of a check, and what they cost the origin (claims/case-plan.ts). */
export const caseRule = z.strictObject({
  cpuMs: z.number().positive(),
  least: z.int().positive(),
  most: z.int().positive(),
});
const caseCost = z.strictObject({
  callMs: z.number().nonnegative(),
  calls: count,
  extra: count,
  few: count,
});

const judged = {
  verdict: z.enum(['pass', 'fail', 'deferred']),
  /** In the order in which they ran; after a failure nothing more ran. */
  findings: z.array(finding).readonly(),
  /** Of the gatekeeper that judged: code, checks and thresholds. */
  digest: hash,
  tookMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
};

/** How an examination of what is known ended. `held`: it passes with the agreement of a person only. */
export const KNOWN_ENDS = ['caught', 'held', 'missed', 'refused', 'passed', 'no verdict'] as const;

const tally = {
  /** Known cheats that the checks claim to catch, and those of them that they caught. */
  traps: count,
  caught: count,
  /** Honest controls, and those of them that did not pass. */
  honest: count,
  refused: count,
};

export const VERDICT_BODIES = {
  /** Before the first candidate, from the origin alone: how many cases of each property a verdict tries (C5). */
  planned: z.strictObject({
    check: z.literal('C5'),
    origin: hash,
    rule: caseRule,
    cost: caseCost,
    cases: z.int().positive(),
  }),
  verdict: z.strictObject({
    candidate: hash,
    against: hash,
    /** It is audited as soon as it is promoted (C17), for its rank or by chance. */
    sampled: z.enum(['ranked', 'uniform']).optional(),
    /** Of each property, as planned for every candidate of the study. Absent: nothing was planned. */
    propertyCases: z.int().positive().optional(),
    ...judged,
  }),
  audit: z.strictObject({
    audit: z.int().positive(),
    from: hash,
    to: hash,
    completeness: share,
    /** Checks that apply and had no budget left, or ran out of it. */
    unlooked: z.array(z.string()).readonly(),
    ...judged,
  }),
  /**
   * One look at an incumbent for metric-versus-intent divergence (claims/divergence.ts). What was not looked at is
   * absent. Its bounds are those of the incumbent's first look.
   */
  look: z.strictObject({
    candidate: hash,
    /** Of this candidate, from 1. */
    number: z.int().positive(),
    /** Public less hidden, oriented; where one side has no score the sign of infinity. */
    gaps: z.array(z.union([z.number(), z.enum(['+', '-'])])).readonly(),
    tells: z.strictObject({ toggled: count, untoggled: count }).optional(),
    impossible: z.strictObject({ asked: count, passed: count }).optional(),
    canary: z.boolean().optional(),
    spec: z.strictObject({
      alpha: z.number().gt(0).lt(1),
      gapScale: z.number().nonnegative(),
      gapMargin: z.number().nonnegative(),
    }),
  }),
  /** A candidate of which it is known whether it may pass, judged as any other (safety.md §3, C18). */
  trap: z.strictObject({
    /** Of the intake so far, the one after which it was due, from 1. */
    after: z.int().positive(),
    /** Task and name. */
    case: z.string(),
    is: z.enum(['cheat', 'honest']),
    class: z.string(),
    end: z.enum(KNOWN_ENDS),
    findings: z.array(finding).readonly(),
    digest: hash,
    tookMs: z.number().nonnegative(),
    cpuMs: z.number().nonnegative(),
  }),
  /** Its secret was told: it judges nothing from then on, whoever starts it again. */
  left: z.strictObject({}),
  /** How the gate does on what is known: as it was qualified, and on its traps since. */
  rated: z.strictObject({
    /** Of the checks, their thresholds and the cases (gates qualify). */
    gates: hash,
    /** Of the qualification. */
    prior: z.strictObject(tally),
    /** Of traps alone. */
    live: z.strictObject(tally),
    /** Of the window: the newest traps, and of the qualification what they leave room for. */
    ...tally,
    recallLower: share,
    frozen: z.boolean(),
  }),
} as const;
