/** Entries of the safety loop, derived again as far as the ledger holds what they rest on. */
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import type { Check } from './evidence.ts';
import {
  checkApproval,
  checkAudited,
  checkAuditOpened,
  checkJoined,
  checkJudged,
  checkPublication,
  checkRequested,
  checkRoot,
} from './signed.ts';

export const SAFETY_CHECKS: { readonly [T in keyof typeof SAFETY_EVENTS]: Check<T> } = {
  'gatekeeper.joined': checkJoined,
  'gate.judged': checkJudged,
  'gate.rated': () => undefined,
  'audit.opened': checkAuditOpened,
  'audit.finished': checkAudited,
  'pace.changed': () => undefined,
  'candidate.rolled-back': () => undefined,
  'incident.opened': () => undefined,
  'incident.closed': () => undefined,
  'approval.requested': checkRequested,
  'approval.decided': checkApproval,
  'root.signed': checkRoot,
  'root.published': checkPublication,
};
