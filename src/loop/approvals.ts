/** What people are asked, and how it is recorded: durable before anybody sees it. */
import type { ApprovalRequest, Approver } from '../approvers/contract.ts';
import type { Reach } from '../core/constraint.ts';
import type { Hash } from '../core/hash.ts';
import { MAIN_ARM, type Plan } from './plan.ts';
import type { EndRequestStep, RequestStep } from './requests.ts';
import { armOf, type OpenTrial, type Parked } from './state.ts';
import { record, type Study } from './study.ts';

export async function requestApproval(study: Study, { open, why }: RequestStep): Promise<void> {
  const { plan, state } = study;
  const against = armOf(state, MAIN_ARM).incumbent;
  record(study, {
    type: 'approval.requested',
    trial: open.trial,
    actor: 'engine',
    body: {
      ...headOf(study),
      about: 'promotion',
      why,
      candidate: open.candidate.id,
      against: against.id,
      evidence: evidenceOf(plan, open),
      rule: plan.opened.ruleHash,
      scope: scopeOf(plan, against.text, open.candidate.text),
    },
  });
  await study.ledger.flush();
}

/** Where no gate judges, what was measured is all there is: it stands for itself. */
function evidenceOf({ opened }: Plan, { judged }: OpenTrial): Hash {
  return judged?.evidence ?? opened.secretCommit;
}

/** Number and clock of the next request. */
function headOf({
  plan,
  state,
}: Study): Pick<ApprovalRequest, 'approval' | 'requestedAt' | 'expiresAt'> {
  const requestedAt = plan.clock.wallMs();
  const approval = state.approvals + 1;
  return { approval, requestedAt, expiresAt: requestedAt + approverOf(plan).expiresMs };
}

function approverOf({ approver }: Plan): Approver {
  if (approver) return approver;
  throw new Error('an approval in a study that asks nobody');
}

/** Both against the origin: what one reaches for and the other did not. */
function scopeOf({ source }: Plan, from: string, to: string): readonly string[] {
  const before = new Set(reachWords(source?.reach(from)));
  return reachWords(source?.reach(to)).filter((one) => !before.has(one));
}

function reachWords(reach: readonly Reach[] = []): readonly string[] {
  return reach.flatMap(({ path, imports, privileges }) =>
    [...imports, ...privileges].map((what) => `${path}: ${what}`),
  );
}

export function endRequest(study: Study, step: EndRequestStep): void {
  const { do: _, ...said } = step;
  const { plan, state } = study;
  const parked = state.parked.find(({ asked }) => asked.approval === step.approval);
  record(study, {
    type: 'approval.decided',
    ...trialOf(parked),
    actor: 'engine',
    body: { at: plan.clock.wallMs(), ...said },
  });
}

/** What waits for people as a trial does; a change of the gate is none. */
export function trialOf(parked: Parked | undefined): { readonly trial?: number } {
  return parked?.open ? { trial: parked.open.trial } : {};
}

/**
 * Another gate than the one before: nothing is judged by it until a person has agreed to exactly that one.
 * True where somebody is asked, or was already.
 */
export async function askAboutGate(
  study: Study,
  { was, is }: { readonly was: Hash; readonly is: Hash },
): Promise<void> {
  const { plan, state } = study;
  const nowMs = plan.clock.wallMs();
  for (const { asked, open } of state.parked) {
    if (open) continue;
    if (asked.evidence === is && nowMs < asked.expiresAt) return;
    endRequest(study, { do: 'end-request', approval: asked.approval, ...gateEnd(asked, nowMs) });
  }
  record(study, {
    type: 'approval.requested',
    actor: 'engine',
    body: {
      ...headOf(study),
      about: 'gate-change',
      why: approverOf(plan).needs(GATE_CHANGE),
      candidate: is,
      against: was,
      evidence: is,
      rule: plan.opened.ruleHash,
      scope: [],
    },
  });
  await study.ledger.flush();
}

const GATE_CHANGE = { about: 'gate-change', autonomy: 0, needsPerson: true, gain: 0 } as const;

function gateEnd({ expiresAt }: ApprovalRequest, nowMs: number) {
  return nowMs < expiresAt
    ? ({ decision: 'superseded', reason: 'the gates changed once more' } as const)
    : ({
        decision: 'expired',
        reason: 'nobody decided in time, and a time-out never approves',
      } as const);
}
