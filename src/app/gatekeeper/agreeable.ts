/** To what a person can agree: a promotion that this gatekeeper let pass, of which the evidence is there. */
import { z } from 'zod';
import type { Bench } from '../../gatekeeper/bench.ts';
import { requireEvidence } from '../../gatekeeper/judge.ts';

/** Of a statement that the engine may ask for (core/statement.ts), what says whether it is a yes to a promotion. */
const agreed = z.object({
  type: z.literal('approval.decided'),
  body: z.object({ decision: z.literal('approve') }),
  about: z.object({
    about: z.literal('promotion'),
    candidate: z.string(),
    against: z.string(),
    evidence: z.string(),
  }),
});

/** @throws PacelineError `GATE_STORE` where the evidence of the verdict is gone. */
export function isAgreeable(bench: Pick<Bench, 'kept' | 'evidence'>, statement: string): boolean {
  const said = JSON.parse(statement);
  const yes = agreed.safeParse(said);
  if (!yes.success) return !isUnbound(said);
  const { candidate, against, evidence } = yes.data.about;
  const verdict = bench.kept
    .of('verdict')
    .find((one) => one.evidence === evidence && one.body.verdict === 'pass');
  if (verdict?.body.candidate !== candidate || verdict.body.against !== against) return false;
  requireEvidence(bench, verdict);
  return true;
}

/** A yes that does not say to what. */
function isUnbound(said: unknown): boolean {
  const yes = agreed.pick({ type: true, body: true }).safeParse(said).success;
  const isOfGate = z.object({ about: z.object({ about: z.literal('gate-change') }) });
  return yes && !isOfGate.safeParse(said).success;
}
