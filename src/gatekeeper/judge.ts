/**
 * The floor: every check that applies, up to the first in order that fails. What was found is durable in the
 * sealed store before the verdict is told; a verdict that was never written down was never given.
 */
import { sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import { statementOf } from '../core/statement.ts';
import type { Intake, Tier } from '../gates/contract.ts';
import { overall } from '../gates/floor.ts';
import type { EntryOf } from '../gates/kept.ts';
import { sampleOf } from '../pace/suspicion.ts';
import type { Bench } from './bench.ts';
import type { FloorAnswer, FloorRequest } from './contract.ts';
import { examine } from './examine.ts';
import { inTime } from './ration.ts';

export async function judgeFloor(
  bench: Bench,
  request: FloorRequest,
  signal: AbortSignal,
): Promise<FloorAnswer> {
  const { candidate, against } = request;
  const given = bench.kept
    .of('verdict')
    .find(
      ({ body }) =>
        body.candidate === candidate.id &&
        body.against === against.id &&
        body.digest === bench.digest,
    );
  if (given) {
    requireEvidence(bench, given);
    return answerOf(bench, given);
  }
  if (bench.kept.of('left').length > 0) return answerOf(bench, unjudged(bench, request));
  const intake = intakeOf(bench, request, 'floor');
  const metered = await bench.metered();
  const floor = metered.floor.map((check) => inTime(check));
  const { findings, ...cost } = await examine(
    bench,
    { intake, metered: async () => metered, checks: () => floor, atOnce: bench.cores },
    signal,
  );
  const wanted = [...floor.map(({ name }) => name), ...(bench.promised ?? [])];
  const { verdict } = overall(wanted, findings);
  const names = { candidate: candidate.id, against: against.id };
  const before = bench.kept.of('verdict').map((one) => one.body);
  const sampled = sampleOf(before, { ...names, verdict, findings }, secretRoot(bench.secret));
  const chosen = sampled === undefined ? {} : { sampled };
  const planned = bench.kept.of('planned').find(({ body }) => body.origin === bench.origin.id);
  const cases = planned && { propertyCases: planned.body.cases };
  const body = { ...names, verdict, ...chosen, ...cases, findings, digest: bench.digest, ...cost };
  return answerOf(bench, bench.kept.write('verdict', body));
}

/**
 * A verdict is worth what it rests on.
 * @throws PacelineError `GATE_STORE` where evidence of it is gone or was altered.
 */
export function requireEvidence(
  { evidence }: Pick<Bench, 'evidence'>,
  { body }: EntryOf<'verdict'>,
): void {
  for (const finding of body.findings) evidence.get(finding.evidence);
}

/** Whoever knows the secret, which was told, could have made this candidate for its cases. */
function unjudged(
  { kept, digest }: Bench,
  { candidate, against }: FloorRequest,
): EntryOf<'verdict'> {
  const names = { candidate: candidate.id, against: against.id };
  const none = { verdict: 'deferred', findings: [], digest, tookMs: 0, cpuMs: 0 } as const;
  return kept.write('verdict', { ...names, ...none });
}

/** The same questions about the same two candidates have the same ticket, which tells nothing else. */
export function intakeOf(
  { secret, origin }: Bench,
  { candidate, against }: FloorRequest,
  tier: Tier,
): Intake {
  const ticket = sha256([secret, tier, candidate.id, against.id].join(' ')).slice(-16);
  return { ticket, tier, candidate, incumbent: against, origin };
}

function answerOf(
  { signer, study }: Bench,
  { entry, evidence, body }: EntryOf<'verdict'>,
): FloorAnswer {
  const { candidate, against, verdict, sampled, propertyCases, findings, tookMs, cpuMs } = body;
  const { needsPerson, incident } = overall([], findings);
  const said = {
    candidate,
    against,
    verdict,
    ...(needsPerson === undefined ? {} : { needsPerson: true as const }),
    ...(sampled === undefined ? {} : { sampled: true as const }),
    ...(propertyCases === undefined ? {} : { propertyCases }),
    entry,
    evidence,
    key: signer.key,
  };
  const signature = signer.sign(statementOf({ study, type: 'gate.judged', body: said }));
  const { candidate: _c, against: _a, ...told } = said;
  return { ...told, signature, tookMs, cpuMs, ...(incident === undefined ? {} : { incident }) };
}
