/**
 * The deep audit: all that was promoted since something was certified, judged as one candidate against that, by
 * the deep tier of every check that applies. An attack split over two harmless promotions is one change here.
 */
import { statementOf } from '../core/statement.ts';
import type { SealedFinding } from '../core/verdict.ts';
import type { AuditAnswer, AuditRequest } from '../gates/contract.ts';
import type { EntryOf } from '../gates/kept.ts';
import type { Bench, Metered } from './contract.ts';
import { examine, intakeOf, overall } from './judge.ts';
import { lineageFinding } from './lineage.ts';

export interface AuditBench extends Bench {
  /** CPU time after which no further check begins, ms; what did not run stays as debt. */
  readonly auditCpuMs: number;
}

/** @param bench Of its own: `metered` gives evaluators that no floor waits for. */
export async function judgeAudit(
  bench: AuditBench,
  request: AuditRequest,
  signal: AbortSignal,
): Promise<AuditAnswer> {
  const { audit, from, to } = request;
  const given = bench.kept
    .of('audit')
    .find(({ body }) => body.audit === audit && body.from === from.id && body.to === to.id);
  if (given) return answerOf(bench, given);
  const metered = await bench.metered();
  const lineage = lineageFinding(bench, request, metered.tools);
  const { findings: found, ...cost } = await examine(
    bench,
    {
      intake: intakeOf(bench, { candidate: to, against: from }, 'deep'),
      checks: ({ floor }) => (lineage.verdict === 'pass' ? floor : []),
      mostCpuMs: bench.auditCpuMs,
    },
    signal,
  );
  const findings = [lineage, ...found];
  const body = {
    audit,
    from: from.id,
    to: to.id,
    completeness: completenessOf(metered, found),
    verdict: found.length > 0 || lineage.verdict === 'fail' ? overall(findings) : 'deferred',
    findings,
    digest: bench.digest,
    ...cost,
  } as const;
  return answerOf(bench, bench.kept.write('audit', body));
}

/**
 * Share of the checks that apply which came to a verdict, each as far as it could look. What does not apply is
 * no fault of the audit: it makes every promotion of the study weigh more (core/safety-events.ts).
 */
function completenessOf({ floor }: Metered, found: readonly SealedFinding[]): number {
  if (floor.length === 0) return 0;
  const looked = found.map(({ verdict, completeness = 1 }) =>
    verdict === 'inconclusive' ? 0 : completeness,
  );
  return looked.reduce((sum, one) => sum + one, 0) / floor.length;
}

function answerOf(
  { signer, study }: Bench,
  { entry, evidence, body }: EntryOf<'audit'>,
): AuditAnswer {
  const { audit, verdict, completeness, tookMs, cpuMs, findings } = body;
  const told = { verdict, completeness, tookMs, cpuMs, entry, evidence, key: signer.key };
  const said = { audit, ...told };
  const signature = signer.sign(statementOf({ study, type: 'audit.finished', body: said }));
  const incident = findings.find((one) => one.incident !== undefined)?.incident;
  return { ...told, signature, ...(incident === undefined ? {} : { incident }) };
}
