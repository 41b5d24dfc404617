/** Entries of the safety loop, folded: the gate's verdict on the open trial, and what the pace stands on. */
import { afterRollback } from '../claims/follow-on-memory.ts';
import type { EventType, StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import { advance } from '../core/trial-state.ts';
import { applyDecided, applyOtherGate, applyRequested } from './fold-approvals.ts';
import { endOpen, noSuchOpen, openOf } from './fold-open.ts';
import type { Plan } from './plan.ts';
import { armOf, type StudyState } from './state.ts';

type SafetyType = Extract<EventType, keyof typeof SAFETY_EVENTS>;
type Handlers = {
  readonly [T in SafetyType]: (plan: Plan, state: StudyState, event: StoredEvent<T>) => void;
};

export const SAFETY_HANDLERS: Handlers = {
  'gatekeeper.joined': (_plan, state, { body, meta }) => {
    state.gateEpoch = meta.epoch;
    if (state.gateDigest !== undefined && state.gateDigest !== body.digest) applyOtherGate(state);
    state.agreedGate = undefined;
    state.gateDigest = body.digest;
    state.gateSecret ??= body.secretCommit as Hash;
  },
  'gatekeeper.left': (_plan, state) => {
    state.hasGateLeft = true;
  },
  'gate.judged': applyJudged,
  'gate.rated': (_plan, state, { body: { entry, evidence } }) => {
    if (entry > (state.verdictStamp?.entry ?? 0)) state.verdictStamp = { entry, evidence };
  },
  'audit.opened': (_plan, state, { body }) => {
    if (state.open?.candidate.id === body.to) state.ahead = state.open.candidate;
  },
  'audit.finished': applyAudited,
  'pace.changed': (_plan, state, { body }) => {
    state.pacing = body.verdict;
  },
  'candidate.rolled-back': applyRolledBack,
  'incident.opened': (_plan, state, { body }) => {
    state.incidents = body.incident;
    state.openIncidents = [...state.openIncidents, body.incident];
  },
  'incident.closed': (_plan, state, { body }) => {
    state.openIncidents = state.openIncidents.filter((one) => one !== body.incident);
  },
  'approval.requested': applyRequested,
  'approval.decided': applyDecided,
  'root.signed': () => undefined,
  'root.published': () => undefined,
};

/** Of the open trial, ahead of its promotion: what failed ends there. Told before the pace closes the audit. */
function applyAudited(
  _plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'audit.finished'>,
): void {
  const { open, pace } = state;
  if (body.verdict !== 'fail' || open === undefined || pace.audit?.to !== open.candidate.id) return;
  const arm = armOf(state, open.arm);
  arm.accepted -= 1;
  arm.failedAttempts += 1;
  endOpen(state, 'gate-fail', 'gate-failed');
}

/** What did not pass keeps its share of the error budget: its acceptance bought no promotion. */
function applyJudged(_plan: Plan, state: StudyState, { body }: StoredEvent<'gate.judged'>): void {
  const { entry, evidence, verdict, needsPerson = false } = body;
  state.verdictStamp = { entry, evidence };
  const open = openOf(state);
  if (verdict === 'pass') {
    open.judged = { evidence, needsPerson };
    open.phase = advance(open.phase, 'gates-pass');
    return;
  }
  const arm = armOf(state, open.arm);
  arm.accepted -= 1;
  arm.failedAttempts += 1;
  if (verdict === 'fail') endOpen(state, 'gate-fail', 'gate-failed');
  else endOpen(state, 'expire', 'expired');
}

/** The pointer moves back; what challenged the incumbent that was has nothing to replace any more. */
function applyRolledBack(
  _plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'candidate.rolled-back'>,
): void {
  const arm = armOf(state, body.arm);
  const back = arm.milestones.findLast(({ candidate }) => candidate.id === body.to);
  if (back === undefined) throw noSuchOpen();
  if (state.open?.arm === body.arm) supersede(state);
  arm.incumbent = back.candidate;
  arm.level = state.pace.certified.level ?? arm.level;
  arm.milestones.push({ ...back, atEvals: arm.evals });
  state.followOns = afterRollback(state.followOns, body.to);
  arm.reference = [];
}

function supersede(state: StudyState): void {
  const open = openOf(state);
  const arm = armOf(state, open.arm);
  if (open.phase === 'confirming') arm.attempts += 1;
  else arm.accepted -= 1;
  arm.failedAttempts += 1;
  endOpen(state, 'supersede', 'superseded');
}
