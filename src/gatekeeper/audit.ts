/**
 * The deep audit of a lineage: everything that changed since what was certified last, judged as one candidate by
 * the deep tier of every check that applies. An attack that is split over two promotions, each harmless, is one
 * change here.
 */
import { statementOf } from '../core/statement.ts';
import type { SealedFinding } from '../core/verdict.ts';
import type { EntryOf } from '../gates/kept.ts';
import type { Bench } from './bench.ts';
import type { AuditAnswer, AuditRequest } from './contract.ts';
import { examine, intakeOf, overall } from './judge.ts';

export async function judgeAudit(
  bench: Bench,
  request: AuditRequest,
  signal: AbortSignal,
): Promise<AuditAnswer> {
  const { audit, from, to, evals } = request;
  const given = bench.kept
    .of('audit')
    .find(({ body }) => body.audit === audit && body.from === from.id && body.to === to.id);
  if (given) return answerOf(bench, given);
  const intake = intakeOf(bench, { candidate: to, against: from }, 'deep');
  const { findings, ...cost } = await examine(
    bench,
    { intake, metered: () => bench.deep(evals), checks: ({ floor }) => floor },
    signal,
  );
  const verdict = overall(findings);
  const completeness = verdict === 'pass' ? completenessOf(findings) : 0;
  const names = { audit, from: from.id, to: to.id, completeness };
  const body = { ...names, verdict, findings, digest: bench.digest, ...cost };
  return answerOf(bench, bench.kept.write('audit', body));
}

/** Mean over the checks that looked, each as far as it could. */
function completenessOf(findings: readonly SealedFinding[]): number {
  const shares = findings.map(({ completeness = 1 }) => completeness);
  return shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length);
}

function answerOf(
  { signer, study }: Bench,
  { entry, evidence, body }: EntryOf<'audit'>,
): AuditAnswer {
  const { audit, from, to, verdict, completeness, findings, tookMs, cpuMs } = body;
  const incident = findings.find((one) => one.incident !== undefined)?.incident;
  const said = { audit, verdict, completeness, tookMs, cpuMs, entry, evidence, key: signer.key };
  const decision = { study, type: 'audit.finished', body: said, about: { from, to } };
  const signature = signer.sign(statementOf(decision));
  const { audit: _, ...told } = said;
  return { ...told, signature, ...(incident === undefined ? {} : { incident }) };
}
