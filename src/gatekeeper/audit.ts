/**
 * The deep audit: all that was promoted since something was certified, judged as one candidate against that, by
 * the deep tier of every check that applies. An attack split over two harmless promotions is one change here.
 */

import type { GateBody } from '../core/holdout.ts';
import { statementOf } from '../core/statement.ts';
import type { SealedFinding } from '../core/verdict.ts';
import type { Check } from '../gates/contract.ts';
import { overall } from '../gates/floor.ts';
import type { EntryOf } from '../gates/kept.ts';
import type { Bench, Metered } from './bench.ts';
import type { AuditAnswer, AuditRequest } from './contract.ts';
import { examine } from './examine.ts';
import { intakeOf } from './judge.ts';
import { lineageFinding } from './lineage.ts';
import { rationed } from './ration.ts';
import { divergenceFinding, takeLooks } from './series.ts';

export async function judgeAudit(
  bench: Bench,
  request: AuditRequest,
  signal: AbortSignal,
): Promise<AuditAnswer> {
  const { audit, from, to } = request;
  const given = bench.kept
    .of('audit')
    .find(
      ({ body }) =>
        body.audit === audit &&
        body.from === from.id &&
        body.to === to.id &&
        body.digest === bench.digest,
    );
  const answered = given ?? bench.kept.write('audit', await audited(bench, request, signal));
  return answerOf(bench, answered);
}

async function audited(
  bench: Bench,
  request: AuditRequest,
  signal: AbortSignal,
): Promise<GateBody<'audit'>> {
  const { audit, from, to, evals } = request;
  const { clock } = bench;
  const mostCpuMs = Math.min(bench.auditCpuMs, request.cpuMs ?? Number.POSITIVE_INFINITY);
  const metered = await bench.deep(evals);
  const spent = (): number => clock.cpuMs() + metered.cpuMs();
  const [began, beganMs] = [spent(), clock.monotonicMs()];
  const { checks, unlooked } = rationed(inOrder(metered.floor), {
    mostCpuMs,
    spentCpuMs: () => spent() - began,
  });
  const lineage = lineageFinding(bench, request, metered.tools);
  const intake = intakeOf(bench, { candidate: to, against: from }, 'deep');
  const wanted = lineage.verdict === 'pass' ? checks : [];
  const { findings } = await examine(
    bench,
    { intake, metered: async () => metered, checks: () => wanted },
    signal,
  );
  const looked = findings.filter(({ check }) => !unlooked().includes(check));
  const series = { candidate: to, tools: metered.tools, evals };
  const isOver = (): boolean => spent() - began >= mostCpuMs;
  await takeLooks(bench, { ...series, isOver }, signal);
  const intent = divergenceFinding(bench, to);
  const found = [lineage, ...looked, ...intent];
  const { verdict } = overall(
    found.map(({ check }) => check),
    found,
  );
  const isLost = verdict !== 'fail' && looked.length === 0;
  return {
    audit,
    from: from.id,
    to: to.id,
    verdict: isLost ? 'deferred' : verdict,
    completeness: completenessOf(metered, looked),
    unlooked: unlooked(),
    findings: found,
    digest: bench.digest,
    tookMs: clock.monotonicMs() - beganMs,
    cpuMs: Math.max(0, spent() - began),
  };
}

/** What tells how much others are worth comes after them, and C2 looks back on all. */
const LATE: readonly string[] = ['C9', 'C2'];

function inOrder(checks: readonly Check[]): readonly Check[] {
  return checks.toSorted((a, b) => LATE.indexOf(a.name) - LATE.indexOf(b.name));
}

/**
 * Share of the checks that apply which came to a verdict, each as far as it could look. What does not apply is
 * no fault of the audit: it makes every promotion of the study weigh more (core/safety-events.ts).
 */
function completenessOf({ floor }: Metered, looked: readonly SealedFinding[]): number {
  if (floor.length === 0) return 0;
  const shares = looked.map(({ verdict, completeness = 1 }) =>
    verdict === 'inconclusive' ? 0 : completeness,
  );
  return shares.reduce((sum, one) => sum + one, 0) / floor.length;
}

function answerOf(
  { signer, study }: Bench,
  { entry, evidence, body }: EntryOf<'audit'>,
): AuditAnswer {
  const { audit, from, to, verdict, completeness, tookMs, cpuMs, findings } = body;
  const told = { verdict, completeness, tookMs, cpuMs, entry, evidence, key: signer.key };
  const said = { type: 'audit.finished', body: { audit, ...told }, about: { from, to } };
  const signature = signer.sign(statementOf({ study, ...said }));
  const { incident } = overall([], findings);
  return { ...told, signature, ...(incident === undefined ? {} : { incident }) };
}
