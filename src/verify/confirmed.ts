/** A confirm's verdict and a promotion, derived again from the recorded pairs. */
import { confirmSpec, gainBlock, stoppedMean } from '../claims/decide.ts';
import { type GuardedVerdict, guardedVerdict } from '../claims/guarded.ts';
import type { ExactRule, SampledRule } from '../claims/rule.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { advance } from '../core/trial-state.ts';
import { blockSize } from '../stats/block.ts';
import type { EProcessSpec } from '../stats/e-process.ts';
import { withPairedScale } from '../stats/noise-floor.ts';
import { eLondLevel, fwerLevel } from '../stats/online-testing.ts';
import { magnitude, near, sameRecord } from './agreement.ts';
import { checkApproved } from './approvals.ts';
import {
  type ArmEvidence,
  adopt,
  type Challenger,
  type Complain,
  type Evidence,
  MAIN_ARM,
  totalEvals,
} from './evidence.ts';
import { followConfirmed, followPromoted } from './follow-ons.ts';
import { checkGuards, checkOtherGains } from './guarded.ts';
import { checkPooled, isOfBits } from './pooled.ts';
import { checkExactGain, checkVerified, isExact } from './verified.ts';

export function checkConfirmed(
  study: Evidence,
  event: StoredEvent<'trial.confirmed'>,
  complain: Complain,
): void {
  const { body, trial } = event;
  const { open } = study;
  study.checked.confirms += 1;
  const arm = study.arms.get(body.arm);
  if (
    !arm ||
    !open ||
    open.trial !== trial ||
    open.arm !== body.arm ||
    open.phase !== 'confirming'
  ) {
    complain('order', `No trial ${trial ?? '?'} of ${body.arm} awaits a verdict.`);
    return;
  }
  if (body.candidate !== open.candidate || body.against !== arm.incumbent) {
    complain('decision', 'The verdict is not about the challenger and the incumbent of its arm.');
  }
  const pairsUsed = checkByRule(study, { body, open, arm, complain });
  const { level } = arm;
  follow(study, { body, open, arm, pairsUsed });
  followConfirmed(study, { body, level });
}

/** The pairs that the size of the block follows from. */
function checkByRule(study: Evidence, confirm: Confirm & { readonly complain: Complain }): number {
  if (isExact(study)) return checkExactVerdict(study, confirm);
  if (!isOfBits(study)) return checkPairs(study, confirm);
  checkPooled(study, confirm);
  return 0;
}

interface Confirm {
  readonly body: EventBody['trial.confirmed'];
  readonly open: Challenger;
  readonly arm: ArmEvidence;
}

function checkPairs(study: Evidence, confirm: Confirm & { readonly complain: Complain }): number {
  const { body } = confirm;
  const verdict = checkVerdict(study, confirm);
  return verdict?.verdict === body.verdict ? verdict.n : body.n;
}

function checkExactVerdict(
  study: Evidence & { readonly rule: ExactRule },
  { body, open, arm, complain }: Confirm & { readonly complain: Complain },
): number {
  checkVerified(study, { body, open, complain });
  if (body.attempt !== arm.attempts + 1) {
    complain('decision', `This is attempt ${arm.attempts + 1}, not attempt ${body.attempt}.`);
  }
  return 1;
}

/** What the rule says about the recorded pairs; undefined for a rule this release does not know. */
function checkVerdict(
  study: Evidence,
  { body, open, arm, complain }: Confirm & { readonly complain: Complain },
): GuardedVerdict | undefined {
  const { rule, floor } = study;
  if (!rule || !floor || rule.mode === 'exact') return undefined;
  const level = checkLevel(rule, { body, arm, complain });
  const paired = withPairedScale(floor, open.trained);
  const spec: EProcessSpec = confirmSpec(rule, paired, open.differences);
  if (!sameRecord(body.spec, spec)) {
    complain('decision', `The test was fixed as ${JSON.stringify(spec)}, not as recorded.`);
  }
  const { differences, others: guards } = open;
  const due = guardedVerdict(rule, { level, spec }, { differences, guards });
  if (due.verdict !== body.verdict) {
    const says = due.verdict === 'more' ? 'asks for more pairs' : `says ${due.verdict}`;
    complain('decision', `Recorded as ${body.verdict}; on the recorded pairs the rule ${says}.`);
  }
  if (due.n !== body.n) complain('decision', `Decided at pair ${due.n}, not at ${body.n}.`);
  if (!near(due.logE, body.logE ?? Number.NaN, 1)) {
    complain('decision', `log E is ${due.logE} on the recorded pairs, not ${body.logE}.`);
  }
  const used = open.differences.slice(0, due.n);
  const effect = stoppedMean(used);
  if (!near(effect, body.effect ?? Number.NaN, magnitude(used))) {
    complain('decision', `The mean of the pairs is ${effect}, not ${body.effect}.`);
  }
  checkGuards(due, { body, open, complain });
  return due;
}

/** The arm's error account (acceptance.md §2.1): an accepted attempt gives its index back. */
function checkLevel(
  rule: SampledRule,
  { body, arm, complain }: Omit<Confirm, 'open'> & { readonly complain: Complain },
): number {
  const attempt = arm.attempts + 1;
  const index = arm.failed + 1;
  const level =
    rule.mode === 'fwer'
      ? fwerLevel(rule.alpha, index)
      : eLondLevel(rule.alpha, attempt, arm.accepted);
  if (body.attempt !== attempt || body.index !== index) {
    const due = `attempt ${attempt} with index ${index}`;
    complain('decision', `This is ${due}, not attempt ${body.attempt} with index ${body.index}.`);
  }
  if (!near(level, body.alpha ?? Number.NaN)) {
    complain('decision', `The rule gives this attempt level ${level}, not ${body.alpha}.`);
  }
  return level;
}

function follow(
  study: Evidence,
  { body, open, arm, pairsUsed }: Confirm & { readonly pairsUsed: number },
): void {
  arm.attempts += 1;
  if (body.verdict === 'unconfirmed') {
    arm.failed += 1;
    advance(open.phase, 'fail-confirm');
    study.open = undefined;
    return;
  }
  arm.accepted += 1;
  open.phase = advance(open.phase, 'accept');
  open.pairsUsed = pairsUsed;
  if (open.arm === MAIN_ARM) return;
  advance(open.phase, 'adopt');
  adopt(arm, open.candidate, body.effect ?? 0);
  study.open = undefined;
}

export function checkPromoted(
  study: Evidence,
  event: StoredEvent<'candidate.promoted'>,
  complain: Complain,
): void {
  const { body, trial } = event;
  const { open } = study;
  study.checked.promotions += 1;
  if (body.arm === MAIN_ARM) study.signing.promotedAt = event.seq;
  const arm = study.arms.get(body.arm);
  const phase = study.opened.holdout || study.opened.gates ? 'gated' : 'accepted';
  if (!arm || !open || open.trial !== trial || open.arm !== body.arm || open.phase !== phase) {
    const lacks = phase === 'gated' ? 'confirm that all gates let pass' : 'accepted confirm';
    complain('decision', `Promotes trial ${trial ?? '?'}, which has no ${lacks}.`);
    return;
  }
  if (study.opened.gates && !open.isJudged) {
    complain('decision', `Promotes trial ${trial ?? '?'}, which no gatekeeper let pass.`);
  }
  if (body.candidate !== open.candidate) {
    complain('decision', 'The promoted candidate is not the accepted one.');
  }
  if (body.from !== arm.incumbent) complain('decision', 'It replaces another than the incumbent.');
  if (body.atEvals !== totalEvals(study)) {
    complain('decision', `Promoted after ${totalEvals(study)} evaluations, not ${body.atEvals}.`);
  }
  checkApproved(study, { body, open, complain });
  if (isExact(study)) checkExactGain(study.rule, { body, open, complain });
  else checkGain(study, { body, open, complain });
  checkOtherGains(study, { body, open, complain });
  const gated = open.phase === 'gated' ? open.phase : advance(open.phase, 'gates-pass');
  open.phase = advance(gated, 'approve');
  advance(open.phase, 'promote');
  adopt(arm, body.candidate, body.gain);
  followPromoted(study, body);
  if (open.heldOutIn === study.holdout.generation) {
    study.holdout = { ...study.holdout, measured: body.candidate };
  }
  study.open = undefined;
}

interface Gain {
  readonly body: EventBody['candidate.promoted'];
  readonly open: Challenger;
  readonly complain: Complain;
}

/** The reported gain rests on a block whose size was fixed before its first pair (§4.1). */
function checkGain(study: Evidence, { body, open, complain }: Gain): void {
  const { block, pairsUsed } = open;
  const size = blockSize(pairsUsed);
  if (block.length !== size) {
    complain(
      'decision',
      `The gain needs a block of ${size} fresh pairs; ${block.length} are recorded.`,
    );
  }
  if (block.length < 2 || !study.rule || study.rule.mode === 'exact') return;
  const due = gainBlock(block, study.rule.minEffect, study.opened.metric);
  const most = magnitude(block);
  if (body.n !== due.n || body.level !== due.level) {
    complain('decision', `The gain is of ${due.n} pairs at level ${due.level}.`);
  }
  const [lower, upper] = body.interval ?? [Number.NaN, Number.NaN];
  const isSame = near(body.gain, due.mean, most) && near(lower, due.lower, most);
  if (!isSame || !near(upper, due.upper, most)) {
    complain('decision', `The block gives ${due.mean} [${due.lower}, ${due.upper}].`);
  }
  if (JSON.stringify(body.notes) !== JSON.stringify(due.notes)) {
    complain('decision', `The notes beside the gain should be: ${due.notes.join('; ') || 'none'}.`);
  }
}
