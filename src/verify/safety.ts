/** Entries of the safety loop, derived again as far as the ledger holds what they rest on. */
import type { StoredEvent } from '../core/events.ts';
import type { SAFETY_EVENTS } from '../core/safety-events.ts';
import { advance } from '../core/trial-state.ts';
import { blockSize } from '../stats/block.ts';
import { type Check, type Complain, type Evidence, MAIN_ARM } from './evidence.ts';
import { checkVerdict } from './gate-record.ts';
import { checkIncident, checkIncidentClosed } from './incidents.ts';
import {
  checkApproval,
  checkAudited,
  checkAuditOpened,
  checkJoinedKey,
  checkPublication,
  checkRequested,
  checkRoot,
  checkSignature,
} from './signed.ts';

export const SAFETY_CHECKS: { readonly [T in keyof typeof SAFETY_EVENTS]: Check<T> } = {
  'gatekeeper.joined': checkJoined,
  'gate.judged': checkJudged,
  'gate.rated': () => undefined,
  'audit.opened': checkAuditOpened,
  'audit.finished': checkAudited,
  'pace.changed': () => undefined,
  'candidate.rolled-back': () => undefined,
  'incident.opened': checkIncident,
  'incident.closed': checkIncidentClosed,
  'approval.requested': checkRequested,
  'approval.decided': checkApproval,
  'root.signed': checkRoot,
  'root.published': checkPublication,
};

/** One gatekeeper judges a study from its first entry to its last. */
function checkJoined(
  study: Evidence,
  event: StoredEvent<'gatekeeper.joined'>,
  complain: Complain,
): void {
  const { body } = event;
  checkJoinedKey(study, event, complain);
  if (study.opened.gates === undefined) complain('order', 'This study promised no gates.');
  const { digest = body.digest, secretCommit = body.secretCommit } = study.gatekeeper ?? {};
  if (digest !== body.digest) complain('gate', 'Another gatekeeper joins than the one before.');
  if (secretCommit !== body.secretCommit) {
    complain('gate', 'The gatekeeper joins with another secret than before.');
  }
  study.gatekeeper = { digest: body.digest, secretCommit: body.secretCommit };
}

function checkJudged(study: Evidence, event: StoredEvent<'gate.judged'>, complain: Complain): void {
  const { body, trial } = event;
  checkSignature(study, { event }, complain);
  const { open, holdout } = study;
  const arm = study.arms.get(MAIN_ARM);
  if (study.gatekeeper === undefined) complain('order', 'No gatekeeper has joined.');
  if (!arm || open?.trial !== trial || open?.arm !== MAIN_ARM || open.phase !== 'accepted') {
    complain('order', `No trial ${trial ?? '?'} of ${MAIN_ARM} awaits its gates.`);
    return;
  }
  const isExact = study.rule?.mode === 'exact';
  if (!isExact && open.block.length !== blockSize(open.pairsUsed)) {
    complain('order', 'The gates are asked before the block of the gain is whole.');
  }
  if (open.isJudged) complain('order', `Trial ${trial ?? '?'} is judged twice.`);
  if (body.candidate !== open.candidate || body.against !== arm.incumbent) {
    complain('decision', 'It is not about the challenger and the incumbent.');
  }
  if (body.entry <= holdout.entry) {
    complain('order', `Names entry ${body.entry} of the gate after entry ${holdout.entry}.`);
  }
  if (study.gate) checkVerdict(study.gate, body, complain);
  study.holdout = { ...holdout, entry: body.entry };
  if (body.verdict === 'pass') {
    open.isJudged = true;
    return;
  }
  advance(open.phase, body.verdict === 'fail' ? 'gate-fail' : 'expire');
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}
