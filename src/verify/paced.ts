/** The pace, derived again: no promotion against what the governor said, no way back but to what was certified. */
import { gainBlock } from '../claims/decide.ts';
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import { advance } from '../core/trial-state.ts';
import { auditDue, lastAudit, type Next } from '../pace/due.ts';
import { applyPace } from '../pace/fold.ts';
import { isVerdictFresh, paceOf } from '../pace/governor.ts';
import { auditCpuMs } from '../pace/share.ts';
import { sameRecord } from './agreement.ts';
import { type Complain, type Evidence, MAIN_ARM } from './evidence.ts';
import { followRolledBack } from './follow-ons.ts';

/** Before an entry is followed: whether it may stand where it stands. */
export function checkPace(study: Evidence, event: StoredEvent, complain: Complain): void {
  if (study.opened.gates === undefined) return;
  if (event.type === 'candidate.promoted' && event.body.arm === MAIN_ARM) {
    checkMayPromote(study, event, complain);
  }
}

function checkMayPromote(
  { pace }: Evidence,
  { body }: StoredEvent<'candidate.promoted'>,
  complain: Complain,
): void {
  const { candidate, gain, n, tolerance } = body;
  const next = { candidate, gain, n, ...(tolerance === undefined ? {} : { tolerance }) };
  const now = paceOf(pace, next);
  if (now.verdict === 'stop') complain('decision', `Promotes where promotions stop: ${now.reason}`);
  if (!isVerdictFresh(pace, candidate)) {
    complain('decision', 'Promotes on a verdict of the gates that no longer counts.');
  }
}

/** After it: an audit, a promotion or a rollback that cannot follow is a finding. */
export function followPace(study: Evidence, event: StoredEvent, complain: Complain): void {
  try {
    applyPace(study.pace, event);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    complain('decision', error.message);
  }
}

/** An audit follows from what is recorded before it, and so does what it may take of the machine. */
export function checkAuditDue(
  study: Evidence,
  { body }: StoredEvent<'audit.opened'>,
  complain: Complain,
): void {
  const { pace, open } = study;
  const { cpuMs, ...said } = body;
  const next = open && nextOf(study, open);
  const due = [auditDue(pace), next && auditDue(pace, next), open ? undefined : lastAudit(pace)];
  if (!due.some((one) => one && sameRecord(said, one.opened))) {
    complain('decision', `Nothing that is recorded before asks for audit ${said.audit} as it is.`);
  }
  const share = auditCpuMs(pace, body.to);
  if (cpuMs !== undefined && cpuMs !== share) {
    complain('decision', `It may take ${cpuMs} ms of CPU time where the share says ${share}.`);
  }
}

/** What the promotion of the open trial would say of its size. */
function nextOf({ opened, rule }: Evidence, open: NonNullable<Evidence['open']>): Next {
  const { candidate, block, differences } = open;
  if (rule?.mode === 'exact') {
    return { candidate, gain: differences[0] ?? Number.NaN, tolerance: rule.tolerance, n: 1 };
  }
  const { mean: gain, n } = gainBlock(block, rule?.minEffect ?? 0, opened.metric);
  return { candidate, gain, n };
}

export function checkRolledBack(
  study: Evidence,
  { body }: StoredEvent<'candidate.rolled-back'>,
  complain: Complain,
): void {
  const { arm: name, ...said } = body;
  const now = paceOf(study.pace);
  const due = now.verdict === 'stop' ? now.rollback : undefined;
  if (JSON.stringify(due) !== JSON.stringify(said)) {
    complain('decision', 'Nothing that is recorded before asks for this rollback.');
  }
  const arm = study.arms.get(name);
  if (arm === undefined) return;
  if (study.open?.arm === name) supersede(study, name);
  arm.incumbent = body.to;
  arm.level = study.pace.certified.level ?? arm.level;
  arm.milestones.push({ candidate: body.to, atEvals: arm.evals });
  followRolledBack(study, body.to);
  arm.reference = [];
}

/** What challenged the incumbent that was keeps its share of the error budget. */
function supersede(study: Evidence, name: string): void {
  const { open } = study;
  const arm = study.arms.get(name);
  if (open === undefined || arm === undefined) return;
  advance(open.phase, 'supersede');
  if (open.phase === 'confirming') arm.attempts += 1;
  else arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}
