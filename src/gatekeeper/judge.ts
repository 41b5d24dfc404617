/**
 * The floor: every check that applies, in order, up to the first that fails. What was found is durable in the
 * sealed store before the verdict is told; a verdict that was never written down was never given.
 */
import { CHECKS } from '../core/checks.ts';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { statementOf } from '../core/statement.ts';
import type { SealedFinding } from '../core/verdict.ts';
import type { Check, CheckFinding, Intake, Tier } from '../gates/contract.ts';
import type { EntryOf } from '../gates/kept.ts';
import { watchedTools } from '../gates/telemetry.ts';
import type { Bench, Metered } from './bench.ts';
import type { FloorAnswer, FloorRequest } from './contract.ts';

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
  const { findings, ...cost } = await examine(
    bench,
    { intake, metered: bench.metered, checks: ({ floor }) => floor },
    signal,
  );
  const names = { candidate: candidate.id, against: against.id };
  const verdict = overall(findings, bench.promised);
  const body = { ...names, verdict, findings, digest: bench.digest, ...cost };
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

interface Examination {
  readonly intake: Intake;
  readonly metered: () => Promise<Metered>;
  readonly checks: (metered: Metered) => readonly Check[];
  /** Goes on after a failure: what is asked is what each check says. */
  readonly isWhole?: boolean;
}

/** What an examination takes of a bench. */
export type Examining = Pick<Bench, 'clock' | 'evidence'>;

export interface Examined {
  readonly findings: readonly SealedFinding[];
  readonly tookMs: number;
  readonly cpuMs: number;
}

export async function examine(
  bench: Examining,
  { intake, checks, isWhole = false, ...made }: Examination,
  signal: AbortSignal,
): Promise<Examined> {
  const { clock, evidence } = bench;
  const metered = await made.metered();
  const began = { ms: clock.monotonicMs(), cpuMs: clock.cpuMs() + metered.cpuMs() };
  const watched = { ...metered, tools: watchedTools(metered.tools) };
  const findings: SealedFinding[] = [];
  for (const check of checks(metered)) {
    signal.throwIfAborted();
    const found = await findingOf(check, { intake, metered: watched }, signal);
    const { evidence: seen, ...said } = found;
    findings.push({ check: check.name, ...said, evidence: evidence.put(plain(seen)) });
    if (found.verdict === 'fail' && !isWhole) break;
  }
  return {
    findings,
    tookMs: clock.monotonicMs() - began.ms,
    cpuMs: Math.max(0, clock.cpuMs() + metered.cpuMs() - began.cpuMs),
  };
}

/** What JSON has no number for is written as its name. */
function plain(evidence: Json): Json {
  const named = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return JSON.parse(JSON.stringify(evidence, named)) as Json;
}

/** A check that cannot be carried out has found nothing, which is no pass. */
async function findingOf(
  check: Check,
  { intake, metered }: { readonly intake: Intake; readonly metered: Metered },
  signal: AbortSignal,
): Promise<CheckFinding> {
  try {
    return await check.judge(intake, metered.tools, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const words = `${CHECKS[check.name]} could not be carried out: ${why}`;
    const code = PacelineError.is(error) ? error.code : 'INTERNAL';
    return { verdict: 'inconclusive', why: words, evidence: { error: code, why }, cases: 0 };
  }
}

/** Where two checks disagree, the failure stands. `promised`: checks that have to have found something. */
export function overall(
  findings: readonly SealedFinding[],
  promised: readonly string[] = [],
): 'pass' | 'fail' | 'deferred' {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'fail';
  const isWhole = findings.length > 0 && findings.every(({ verdict }) => verdict === 'pass');
  const isKept = promised.every((name) => findings.some(({ check }) => check === name));
  return isWhole && isKept ? 'pass' : 'deferred';
}

function answerOf(
  { signer, study }: Bench,
  { entry, evidence, body }: EntryOf<'verdict'>,
): FloorAnswer {
  const { candidate, against, verdict, findings, tookMs, cpuMs } = body;
  const needsPerson = findings.some((one) => one.needsPerson !== undefined);
  const incident = findings.find((one) => one.incident !== undefined)?.incident;
  const said = {
    candidate,
    against,
    verdict,
    ...(needsPerson ? { needsPerson: true as const } : {}),
    entry,
    evidence,
    key: signer.key,
  };
  const signature = signer.sign(statementOf({ study, type: 'gate.judged', body: said }));
  const { candidate: _c, against: _a, ...told } = said;
  return { ...told, signature, tookMs, cpuMs, ...(incident === undefined ? {} : { incident }) };
}
