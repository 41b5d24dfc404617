/**
 * The way from what was certified to what stands: every step passed this gate before, and what the steps reach
 * for and grow by is added up, so that nothing is small because it came in slices or was taken out again.
 */
import type { Candidate } from '../core/candidate.ts';
import type { SealedFinding } from '../core/verdict.ts';
import type { Tools } from '../gates/contract.ts';
import { counted } from '../gates/sentence.ts';
import type { Bench } from './bench.ts';
import type { AuditRequest } from './contract.ts';

interface Step {
  readonly candidate: Candidate;
  readonly before: Candidate;
}

/** As one of C16, whose rule it is over many steps. */
export function lineageFinding(
  { kept, evidence, origin }: Pick<Bench, 'kept' | 'evidence' | 'origin'>,
  { from, to, lineage }: AuditRequest,
  tools: Tools,
): SealedFinding {
  const end = lineage.findIndex(({ id }) => id === to.id) + 1;
  const steps = lineage
    .slice(0, end)
    .map((candidate, i): Step => ({ candidate, before: lineage[i - 1] ?? from }));
  const passed = new Set(
    kept
      .of('verdict')
      .filter(({ body }) => body.verdict === 'pass')
      .map(({ body }) => `${body.candidate} ${body.against}`),
  );
  const strange = steps.filter(
    ({ candidate, before }) => !passed.has(`${candidate.id} ${before.id}`),
  );
  const isBroken = end === 0 && to.id !== from.id;
  const grown = steps.map((step) => grownBy(step, tools));
  const growth = grown.reduce((sum, one) => sum + Math.max(0, one.size), 0);
  const most = (tools.manifest.growth - 1) * tools.size(origin);
  const seen = evidence.put({
    steps: steps.map(({ candidate }, i) => ({ candidate: candidate.id, ...grown[i] })),
    unjudged: strange.map(({ candidate }) => candidate.id),
    growth,
    most: Number.isFinite(most) ? most : null,
  });
  const common = { check: 'C16', cases: steps.length, evidence: seen };
  if (strange.length > 0 || isBroken) {
    const why = isBroken
      ? 'The lineage does not lead to what is audited.'
      : `${strange.length} of ${counted(steps.length, 'promotion')} had no passing verdict of this gate.`;
    return {
      ...common,
      verdict: 'fail',
      why,
      suspicion: 1,
      incident: 'promoted without a verdict',
    };
  }
  if (growth > most) {
    const why = `Over ${counted(steps.length, 'promotion')} it grew by ${growth}, more than ${most} in all, though no step did.`;
    return { ...common, verdict: 'pass', why, suspicion: 0.5, needsPerson: why };
  }
  const why = `${everyStep(steps.length)} passed this gate, and grew by ${growth} in all.`;
  return { ...common, verdict: 'pass', why, suspicion: 0 };
}

function everyStep(steps: number): string {
  return steps === 1 ? 'The one promotion' : `All ${steps} promotions`;
}

function grownBy({ candidate, before }: Step, tools: Tools) {
  const reach = tools.reach(before, candidate) ?? [];
  return {
    size: tools.size(candidate) - tools.size(before),
    reach: reach.map(({ path, imports, privileges }) => ({
      path,
      imports: [...imports],
      privileges: [...privileges],
    })),
  };
}
