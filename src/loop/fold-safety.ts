/** Entries of the safety loop, folded: the gate's verdict on the open trial, and what the pace stands on. */
import type { EventType, StoredEvent } from '../core/events.ts';
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import { applyDecided, applyOtherGate, applyRequested } from './fold-approvals.ts';
import { endOpen, openOf } from './fold-open.ts';
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
  },
  'gate.judged': applyJudged,
  'gate.rated': () => undefined,
  'audit.opened': () => undefined,
  'audit.finished': () => undefined,
  'pace.changed': () => undefined,
  'candidate.rolled-back': () => undefined,
  'incident.opened': () => undefined,
  'incident.closed': () => undefined,
  'approval.requested': applyRequested,
  'approval.decided': applyDecided,
  'root.signed': () => undefined,
  'root.published': () => undefined,
};

/** What did not pass keeps its share of the error budget: its acceptance bought no promotion. */
function applyJudged(_plan: Plan, state: StudyState, { body }: StoredEvent<'gate.judged'>): void {
  const { entry, evidence, verdict, needsPerson = false } = body;
  state.verdictStamp = { entry, evidence };
  const open = openOf(state);
  if (verdict === 'pass') {
    open.judged = { evidence, needsPerson };
    return;
  }
  const arm = armOf(state, open.arm);
  arm.accepted -= 1;
  arm.failedAttempts += 1;
  if (verdict === 'fail') endOpen(state, 'gate-fail', 'gate-failed');
  else endOpen(state, 'expire', 'expired');
}
