/** Entries of the safety loop, derived again as far as the ledger holds what they rest on. */
import type { EventType } from '../core/events.ts';
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import { checkAnswered, checkAsked } from './approvals.ts';
import type { Check } from './evidence.ts';
import { checkIncident, checkIncidentClosed } from './incidents.ts';
import {
  checkAuditAnswer,
  checkLeft,
  checkRated,
  checkSameGate,
  checkVerdictDue,
} from './judged.ts';
import { checkAuditDue, checkRolledBack } from './paced.ts';
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

/** Whose it is, and whether it was due. */
function both<T extends EventType>(first: Check<T>, second: Check<T>): Check<T> {
  return (study, event, complain) => {
    first(study, event, complain);
    second(study, event, complain);
  };
}

export const SAFETY_CHECKS: { readonly [T in keyof typeof SAFETY_EVENTS]: Check<T> } = {
  'gatekeeper.joined': both(checkJoined, checkSameGate),
  'gatekeeper.left': checkLeft,
  'gate.judged': both(checkJudged, checkVerdictDue),
  'gate.rated': checkRated,
  'audit.opened': both(checkAuditOpened, checkAuditDue),
  'audit.finished': both(checkAudited, checkAuditAnswer),
  'pace.changed': () => undefined,
  'candidate.rolled-back': checkRolledBack,
  'incident.opened': checkIncident,
  'incident.closed': checkIncidentClosed,
  'approval.requested': both(checkRequested, checkAsked),
  'approval.decided': both(checkApproval, checkAnswered),
  'root.signed': checkRoot,
  'root.published': checkPublication,
};
