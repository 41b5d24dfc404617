/** Who had to agree, whether somebody did, and whether that was about what was promoted. */
import { approvalReasons, standingAt } from '../core/approval.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { advance, type TrialInput } from '../core/trial-state.ts';
import { gainOf, gainOfLineage } from '../pace/debt.ts';
import type { Gained } from '../pace/verified-gain.ts';
import { blockSize } from '../stats/block.ts';
import type { Waiting } from './approval-evidence.ts';
import { concerns } from './barred.ts';
import { type Challenger, type Complain, type Evidence, MAIN_ARM } from './evidence.ts';

type Requested = EventBody['approval.requested'];
type Decided = EventBody['approval.decided'];

export function checkAsked(
  study: Evidence,
  { body, trial }: StoredEvent<'approval.requested'>,
  complain: Complain,
): void {
  const { approvals, opened } = study;
  if (body.approval !== approvals.asked + 1) {
    complain('order', `This is request ${approvals.asked + 1}, not ${body.approval}.`);
  }
  approvals.asked = body.approval;
  if (body.expiresAt <= body.requestedAt) complain('decision', 'It expires before it is made.');
  if (body.rule !== opened.ruleHash) complain('decision', 'It names another rule.');
  if (body.about === 'gate-change') checkGateRequest(study, body, complain);
  else park(study, { body, trial, complain });
}

function checkGateRequest(study: Evidence, body: Requested, complain: Complain): void {
  const gate = study.gatekeeper?.digest;
  const { candidate, against, evidence, why } = body;
  if (candidate !== evidence || against !== gate || why.join() !== 'gate') {
    complain('decision', 'It does not name the gate that judges and the one that would.');
  }
  study.approvals.waiting.set(body.approval, { asked: body, gate });
}

interface Asking {
  readonly body: Requested;
  readonly trial: number | undefined;
  readonly complain: Complain;
}

/** From here on its trial waits, and keeps its share of the error budget. */
function park(study: Evidence, { body, trial, complain }: Asking): void {
  const { open, approvals, opened } = study;
  const arm = study.arms.get(MAIN_ARM);
  const phase = opened.gates || opened.holdout ? 'gated' : 'accepted';
  if (!arm || open?.trial !== trial || open?.arm !== MAIN_ARM || open.phase !== phase) {
    complain('order', `No trial ${trial ?? '?'} of ${MAIN_ARM} can wait for people.`);
    return;
  }
  const isExact = study.rule?.mode === 'exact';
  if (!isExact && open.block.length !== blockSize(open.pairsUsed)) {
    complain('order', 'People are asked before the block of the gain is whole.');
  }
  if (opened.gates && !open.isJudged) {
    complain('order', 'People are asked about what no gatekeeper let pass.');
  }
  if (open.approved) complain('order', 'People are asked about what they agreed to already.');
  if (body.candidate !== open.candidate || body.against !== arm.incumbent) {
    complain('decision', 'It is not about the challenger and the incumbent.');
  }
  if (body.evidence !== (open.evidence ?? opened.secretCommit)) {
    complain('decision', 'It names another verdict of the gate than the last about it.');
  }
  open.whyAsked = body.why;
  approvals.waiting.set(body.approval, { asked: body, open, gate: study.gatekeeper?.digest });
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}

export function checkAnswered(
  study: Evidence,
  { body, trial }: StoredEvent<'approval.decided'>,
  complain: Complain,
): void {
  const { approvals, steering } = study;
  const { approval, letter } = body;
  if (letter !== undefined) {
    if (steering.ids.has(letter)) complain('order', `Takes up ${letter} a second time.`);
    steering.ids.add(letter);
  }
  const waiting = approvals.waiting.get(approval);
  approvals.waiting.delete(approval);
  if (waiting === undefined) {
    complain('order', `Decides request ${approval}, which does not wait.`);
    return;
  }
  if (trial !== waiting.open?.trial) complain('order', 'It stands with another trial.');
  checkWho(body, waiting, complain);
  if (waiting.open) followTrial(study, { body, waiting, open: waiting.open, complain });
  else if (body.decision === 'approve') approvals.agreedGate = waiting.asked.evidence;
}

/** A person decides in time; time itself never approves. */
function checkWho(
  { decision, at, by }: Decided,
  { asked }: Waiting<Challenger>,
  complain: Complain,
): void {
  const stands = standingAt(asked, at);
  const isPerson = decision === 'approve' || decision === 'reject';
  if (isPerson && by === undefined) complain('decision', 'Nobody is named who decided.');
  if (isPerson && stands !== 'stands') {
    complain(
      'decision',
      `Decided when the request ${stands === 'before' ? 'was not made' : 'had expired'}.`,
    );
  }
  if (decision === 'expired' && stands !== 'expired') {
    complain('decision', 'Recorded as expired before it was.');
  }
}

interface Deciding {
  readonly body: Decided;
  readonly waiting: Waiting<Challenger>;
  readonly open: Challenger;
  readonly complain: Complain;
}

const INPUTS: Readonly<Record<'reject' | 'expired' | 'superseded', TrialInput>> = {
  reject: 'decline',
  expired: 'expire',
  superseded: 'supersede',
};

function followTrial(study: Evidence, { body, waiting, open, complain }: Deciding): void {
  const { decision, again } = body;
  const gate = study.gatekeeper?.digest;
  if (again && (decision !== 'superseded' || gate === waiting.gate)) {
    complain('decision', 'It is judged anew, and no other gate has joined since.');
  }
  if (decision !== 'approve' && !again) {
    advance(open.phase, INPUTS[decision]);
    return;
  }
  const arm = study.arms.get(MAIN_ARM);
  if (!arm) return;
  if (waiting.asked.against !== arm.incumbent) {
    complain('decision', 'Another candidate was promoted since the request was made.');
  }
  if (decision === 'approve' && gate !== waiting.gate) {
    complain('decision', 'Another gate judges than the one whose verdict was agreed to.');
  }
  if (isVetoed(study, open)) complain('decision', 'A person vetoed it before.');
  if (study.open) complain('order', `Trial ${study.open.trial} is under way.`);
  arm.accepted += 1;
  arm.failed -= 1;
  if (again) unjudged(open);
  else open.approved = { approval: body.approval, by: body.by ?? 'somebody' };
  study.open = open;
}

function isVetoed({ steering }: Evidence, open: Challenger): boolean {
  return steering.rules.some(
    (rule) => rule.until === undefined && rule.kind === 'veto' && concerns(rule.value, open),
  );
}

/** What another gate said does not count, nor what people agreed to on the strength of it. */
export function followOtherGate({ open }: Evidence): void {
  if (open) unjudged(open);
}

function unjudged(open: Challenger): void {
  if (open.isJudged) open.phase = 'accepted';
  open.isJudged = false;
  delete open.approved;
}

interface Promotion {
  readonly body: EventBody['candidate.promoted'];
  readonly open: Challenger;
  readonly complain: Complain;
}

/** Before the pace of the promotion is followed. */
export function checkApproved(study: Evidence, { body, open, complain }: Promotion): void {
  const { opened, approvals } = study;
  const { approved, isNeedy = false, whyAsked } = open;
  const gain = opened.gates ? gainSinceAgreed(study, body) : 0;
  const { autonomy } = opened;
  const why = approvalReasons({
    about: 'promotion',
    autonomy,
    needsPerson: isNeedy,
    gain,
    personGain: opened.gates?.personGain,
  });
  if (why.length > 0 && !approved) {
    complain('decision', `Promoted without a person, who had to agree (${why.join(', ')}).`);
  }
  if (approved && why.join() !== whyAsked?.join()) {
    complain('decision', `People were asked for another reason than ${why.join(', ') || 'none'}.`);
  }
  const due = approved
    ? `${approved.by} (approval ${approved.approval})`
    : `autonomy level ${autonomy}`;
  if (opened.gates && body.approvedBy !== due) {
    complain('decision', `It was approved by ${due}, not by ${body.approvedBy}.`);
  }
  approvals.agreedGain = agreedAfter(study, body, approved !== undefined);
}

function gainSinceAgreed({ approvals, pace }: Evidence, gained: Gained): number {
  const lineage = gainOfLineage(pace);
  return lineage - Math.min(approvals.agreedGain, lineage) + gainOf(pace, gained);
}

function agreedAfter({ approvals, pace }: Evidence, gained: Gained, isApproved: boolean): number {
  const lineage = gainOfLineage(pace);
  return isApproved ? lineage + gainOf(pace, gained) : Math.min(approvals.agreedGain, lineage);
}
