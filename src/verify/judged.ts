/** What the gatekeeper said, and whose turn it was to be judged. */
import type { StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { advance } from '../core/trial-state.ts';
import { blockSize } from '../stats/block.ts';
import { type Complain, type Evidence, MAIN_ARM } from './evidence.ts';
import { checkTold, checkVerdict } from './gate-record.ts';

/** One gatekeeper judges a study from its first entry to its last. */
export function checkSameGate(
  study: Evidence,
  { body }: StoredEvent<'gatekeeper.joined'>,
  complain: Complain,
): void {
  if (study.opened.gates === undefined) complain('order', 'This study promised no gates.');
  const { digest = body.digest, secretCommit = body.secretCommit } = study.gatekeeper ?? {};
  if (digest !== body.digest) complain('gate', 'Another gatekeeper joins than the one before.');
  if (secretCommit !== body.secretCommit) {
    complain('gate', 'The gatekeeper joins with another secret than before.');
  }
  study.gatekeeper = { digest: body.digest, secretCommit: body.secretCommit };
}

export function checkVerdictDue(
  study: Evidence,
  { body, trial }: StoredEvent<'gate.judged'>,
  complain: Complain,
): void {
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
  if (study.opened.holdout && !open.isHeldOut) {
    complain('order', 'The gates are asked before the hold-out has let it pass.');
  }
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
    open.phase = advance(open.phase, 'gates-pass');
    return;
  }
  advance(open.phase, body.verdict === 'fail' ? 'gate-fail' : 'expire');
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}

/** What the gate wrote of the audit is what the ledger was told. */
export function checkAuditAnswer(
  study: Evidence,
  { body }: StoredEvent<'audit.finished'>,
  complain: Complain,
): void {
  if (body.entry <= study.holdout.entry) {
    complain('order', `Names entry ${body.entry} of the gate after entry ${study.holdout.entry}.`);
  }
  const { key: _key, signature: _signature, ...said } = body;
  if (study.gate) checkTold(study.gate, said, complain);
  study.holdout = { ...study.holdout, entry: body.entry };
  if (body.verdict === 'fail') endAudited(study);
}

/** The open trial, where the audit was one ahead of its promotion. */
function endAudited(study: Evidence): void {
  const { open, pace } = study;
  const arm = study.arms.get(MAIN_ARM);
  if (!arm || !open || pace.audit?.to !== open.candidate) return;
  advance(open.phase, 'gate-fail');
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}

/** The secret of its cases is the one it committed to before the first trial. */
export function checkLeft(
  { gatekeeper, compared, open }: Evidence,
  { body }: StoredEvent<'gatekeeper.left'>,
  complain: Complain,
): void {
  if (open || compared.size === 0) complain('order', 'It leaves before the search is over.');
  if (gatekeeper?.secretCommit !== sha256(body.revealedSecret)) {
    complain('secret', 'The secret that the gatekeeper reveals is not the one it committed to.');
  }
}
