/** Entries of the safety loop, folded: the gate's verdict on the open trial, and what the pace stands on. */
import type { EventType, StoredEvent } from '../core/events.ts';
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import type { Plan } from './plan.ts';
import type { StudyState } from './state.ts';

type SafetyType = Extract<EventType, keyof typeof SAFETY_EVENTS>;
type Handlers = {
  readonly [T in SafetyType]: (plan: Plan, state: StudyState, event: StoredEvent<T>) => void;
};

export const SAFETY_HANDLERS: Handlers = {
  'gatekeeper.joined': () => undefined,
  'gate.judged': () => undefined,
  'gate.rated': () => undefined,
  'audit.opened': () => undefined,
  'audit.finished': () => undefined,
  'pace.changed': () => undefined,
  'candidate.rolled-back': () => undefined,
  'incident.opened': () => undefined,
  'incident.closed': () => undefined,
  'approval.requested': () => undefined,
  'approval.decided': () => undefined,
  'root.signed': () => undefined,
  'root.published': () => undefined,
};
