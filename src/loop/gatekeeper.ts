/** What is asked of the gatekeeper, and how its answers are recorded: verdicts and hashes, never a reason. */
import { PacelineError } from '../core/errors.ts';
import type { EventDraft } from '../core/events.ts';
import type { Gatekeeper } from '../gatekeeper/contract.ts';
import { askAboutGate } from './approvals.ts';
import { incidentDraft } from './audits.ts';
import type { Step } from './decide.ts';
import { MAIN_ARM } from './plan.ts';
import { armOf } from './state.ts';
import { record, type Study } from './study.ts';

function gatekeeperOf({ plan }: Study): Gatekeeper {
  if (plan.gatekeeper) return plan.gatekeeper;
  throw new Error('a verdict in a study that has no gatekeeper');
}

/**
 * At the start of each epoch. One that judges otherwise than before joins once a person agreed to it.
 * @throws PacelineError `GATE_CHANGED` where nobody can be asked, `GATE_STORE` where its secret is another one.
 */
export async function join(study: Study): Promise<void> {
  const { gateDigest, gateSecret, agreedGate, verdictStamp } = study.state;
  const body = await gatekeeperOf(study).join(verdictStamp);
  const { digest, secretCommit } = body;
  if (gateSecret !== undefined && gateSecret !== secretCommit) throw otherSecret();
  if (gateDigest !== undefined && gateDigest !== digest && agreedGate !== digest) {
    if (study.plan.approver === undefined) throw changed(gateDigest, digest);
    await askAboutGate(study, { was: gateDigest, is: digest });
    study.isGateStrange = true;
    return;
  }
  record(study, { type: 'gatekeeper.joined', actor: 'gate', body });
}

/** The evidence of the claim is durable before the gate is asked: a crash asks the same again. */
export async function judge(
  study: Study,
  { open }: Extract<Step, { readonly do: 'judge' }>,
): Promise<void> {
  await study.ledger.flush();
  const { candidate } = open;
  const against = armOf(study.state, MAIN_ARM).incumbent;
  const answer = await gatekeeperOf(study).judge({ candidate, against }, study.stepAbort.signal);
  const { tookMs: _, cpuMs, untoldMs = cpuMs, incident, ...said } = answer;
  const about = { candidate: candidate.id };
  const attacks =
    incident === undefined ? [] : [incidentDraft(study, { kind: incident, ...about })];
  // A gate that misses its traps lets nothing through, whatever it said: all is written down at once.
  const rated = answer.verdict === 'pass' ? [await ratingDraft(study)] : [];
  record(
    study,
    {
      type: 'gate.judged',
      trial: open.trial,
      actor: 'gate',
      body: { candidate: candidate.id, against: against.id, ...said },
      meta: { cpuMs: untoldMs },
    },
    ...rated,
    ...attacks,
  );
  if (incident !== undefined) await study.ledger.flush();
}

/** How the gate does by now. */
export async function ratingDraft(study: Study): Promise<EventDraft> {
  const { untoldMs: cpuMs = 0, ...body } = await gatekeeperOf(study).rating();
  return { type: 'gate.rated', actor: 'gate', body, meta: { cpuMs } };
}

/** The search is over: what its cases were drawn from is shown, and it judges nothing any more. */
export async function sayGoodbye(study: Study): Promise<void> {
  const { plan, state } = study;
  if (plan.gatekeeper === undefined || state.hasGateLeft) return;
  const { secret: revealedSecret, untoldMs: cpuMs = 0 } = await plan.gatekeeper.reveal();
  const body = { revealedSecret };
  record(study, { type: 'gatekeeper.left', actor: 'gate', body, meta: { cpuMs } });
}

function otherSecret(): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    "The gatekeeper's secret is not the one that this study began with, so its cases cannot be gone on with. Restore .paceline/gate from a copy, or start a new study with paceline run.",
    {},
  );
}

function changed(was: string, is: string): PacelineError {
  return new PacelineError(
    'GATE_CHANGED',
    'The gates are not those that this study began with: their code or a threshold changed. Restore them, or start a new study with paceline run.',
    { was, is },
  );
}
