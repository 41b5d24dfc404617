/** Entries of the safety loop, for reports. */
import type { EventType, StoredEvent } from '../../core/events.ts';
import type { SAFETY_EVENTS } from '../../core/safety-events.ts';
import type { Tally } from './tally.ts';

type SafetyType = Extract<EventType, keyof typeof SAFETY_EVENTS>;
type Handlers = { readonly [T in SafetyType]: (tally: Tally, event: StoredEvent<T>) => void };

export const SAFETY_TALLIES: Handlers = {
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
