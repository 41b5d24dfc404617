/** Entries of the safety loop, derived again as far as the ledger holds what they rest on. */
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import type { Check } from './evidence.ts';

export const SAFETY_CHECKS: { readonly [T in keyof typeof SAFETY_EVENTS]: Check<T> } = {
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
