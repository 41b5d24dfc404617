/**
 * When a person has to agree before something is promoted, and what their agreement is good for. One rule
 * for whoever asks and for whoever reads the ledger later.
 */
import { z } from 'zod';

/**
 * `autonomy`: at this level a person promotes. `scope`: the gate says that the change reaches further than
 * its manifest. `gain`: so many times the verified gain since a person last agreed, by default four. `gate`: the gate itself
 * changes.
 */
export const APPROVAL_REASONS = ['autonomy', 'scope', 'gain', 'gate'] as const;
export type ApprovalReason = (typeof APPROVAL_REASONS)[number];

/** 3: a person promotes. 4: it promotes by itself, and a sample is audited. */
export const AUTONOMY_LEVELS = [3, 4] as const;
const PROMOTES_ALONE = 4;

/** Ratio of verified gain after which a person looks, unless the study promised another (safety.md §4, 6). */
export const PERSON_GAIN = 4;
/** Sums of logarithms that ought to be equal to the bound are not below it. */
const ROUNDING = 1e-9;

export interface Occasion {
  readonly about: 'promotion' | 'gate-change';
  readonly autonomy: number;
  /** The gate's verdict is not enough for it. */
  readonly needsPerson: boolean;
  /** Log ratio of verified gain since a person last agreed, what is asked about included. */
  readonly gain: number;
  /** Ratio at which a person is asked; absent: `PERSON_GAIN`. */
  readonly personGain?: number | undefined;
}

/** Empty where nobody has to agree. */
export function approvalReasons(occasion: Occasion): readonly ApprovalReason[] {
  const { about, autonomy, needsPerson, gain, personGain = PERSON_GAIN } = occasion;
  if (about === 'gate-change') return ['gate'];
  return [
    ...(autonomy < PROMOTES_ALONE ? (['autonomy'] as const) : []),
    ...(needsPerson ? (['scope'] as const) : []),
    // What is no number is unknown, which is no reason to go on alone.
    ...(gain < Math.log(personGain) - ROUNDING ? [] : (['gain'] as const)),
  ];
}

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const MOST_REASON = 2_000;

/** All that an agreement is bound to: whatever differs needs a new one. */
export const approvalBinding = {
  candidate: hash,
  against: hash,
  evidence: hash,
  rule: hash,
};

/** What a person says of a request, with what they saw: it counts for nothing else. */
export const approvalSaid = z.strictObject({
  kind: z.literal('approval'),
  value: z.strictObject({
    approval: z.int().positive(),
    decision: z.enum(['approve', 'reject']),
    reason: z.string().min(1).max(MOST_REASON),
    ...approvalBinding,
  }),
});
export type ApprovalSaid = z.infer<typeof approvalSaid>;

export interface Bound {
  readonly candidate: string;
  readonly against: string;
  readonly evidence: string;
  readonly rule: string;
}

/** The first part in which two differ; undefined where they are about the same. */
export function unboundPart(asked: Bound, said: Bound): keyof Bound | undefined {
  const parts = Object.keys(approvalBinding) as (keyof Bound)[];
  return parts.find((part) => asked[part] !== said[part]);
}

export interface Standing {
  readonly requestedAt: number;
  readonly expiresAt: number;
}

/** How a request stands at a reading of the wall clock, ms since 1970. `before`: the clock went back. */
export function standingAt(
  { requestedAt, expiresAt }: Standing,
  nowMs: number,
): 'stands' | 'before' | 'expired' {
  if (nowMs < requestedAt) return 'before';
  return nowMs < expiresAt ? 'stands' : 'expired';
}
