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

const judged = {
  verdict: z.enum(['pass', 'fail', 'deferred']),
  /** In the order in which they ran; after a failure nothing more ran. */
  findings: z.array(finding).readonly(),
  /** Of the gatekeeper that judged: code, checks and thresholds. */
  digest: hash,
  tookMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
};

export const VERDICT_BODIES = {
  verdict: z.strictObject({ candidate: hash, against: hash, ...judged }),
  audit: z.strictObject({
    audit: z.int().positive(),
    from: hash,
    to: hash,
    completeness: share,
    ...judged,
  }),
} as const;
