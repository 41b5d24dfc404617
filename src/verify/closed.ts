/** Pauses and the end of a study. */
import type { StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { missingComparisons } from './compared.ts';
import type { Complain, Evidence } from './evidence.ts';
import { checkNotDue } from './follow-ons.ts';
import { areSetsHidden } from './holdout.ts';
import { bookLost } from './paid.ts';
import { checkAllRooted } from './signed.ts';

export function checkResumed(
  study: Evidence,
  { body, seq }: StoredEvent<'study.resumed'>,
  complain: Complain,
): void {
  if (body.epoch !== study.epoch + 1 || body.fromSeq !== seq - 1) {
    const due = `epoch ${study.epoch + 1} from entry ${seq - 1}`;
    complain('order', `Resumes as epoch ${body.epoch} from entry ${body.fromSeq}, not as ${due}.`);
  }
  study.epoch = body.epoch;
  bookLost(study.paid);
}

/** However it ends, a study that tried something owes its comparisons and its secret. */
export function checkClosed(
  study: Evidence,
  { body }: StoredEvent<'study.closed'>,
  complain: Complain,
): void {
  study.isClosed = true;
  checkNotDue(study, complain);
  if (study.open) complain('order', `Closed while trial ${study.open.trial} was open.`);
  for (const approval of study.approvals.waiting.keys()) {
    complain('order', `Closed while request ${approval} waited for people.`);
  }
  const missing = missingComparisons(study);
  if (missing.length > 0) {
    complain('order', `Closed without the comparison with ${missing.join(' and ')}.`);
  }
  if (areSetsHidden(study)) complain('order', 'Closed before the sealed sets were shown.');
  checkAllRooted(study, complain);
  const { revealedSecret } = body;
  if (revealedSecret === undefined) {
    complain('secret', 'Closed without the secret that its confirm cases are derived from.');
    return;
  }
  if (sha256(revealedSecret) === study.opened.secretCommit) return;
  complain('secret', 'The revealed secret is not the one the study committed to when it opened.');
}
