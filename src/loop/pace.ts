/**
 * The one place where the loop obeys the pace (design.md §6): which step of the safety loop comes before the
 * search goes on, or before the next promotion. Pure; the governor decides, this says what to do about it.
 */
import type { EventBody } from '../core/events.ts';
import { type AuditDue, auditDue } from '../pace/due.ts';
import { type Pace, paceOf, type Rollback } from '../pace/governor.ts';
import type { PaceState } from '../pace/state.ts';
import type { Plan } from './plan.ts';
import { sizeOf } from './size.ts';
import type { OpenTrial, StudyState } from './state.ts';

export type PaceStep =
  | { readonly do: 'open-audit'; readonly due: AuditDue }
  /** Waits for the one that is under way. */
  | { readonly do: 'take-audit' }
  | { readonly do: 'roll-back'; readonly rollback: Rollback }
  | { readonly do: 'pace'; readonly said: Omit<EventBody['pace.changed'], 'debt'> }
  | { readonly do: 'throttle'; readonly untilMs: number }
  /** Nothing goes on before a person has done what the reason says. */
  | { readonly do: 'hold'; readonly reason: string };

/**
 * Between two trials: undefined where the search goes on. What an audit found is taken up before the next
 * promotion and at the end, whatever it is: no decision depends on how long it took, and nothing is promoted
 * meanwhile.
 */
export function duePaceStep(
  { gatekeeper }: Plan,
  { pace, open }: StudyState,
): PaceStep | undefined {
  if (gatekeeper === undefined) return undefined;
  const rollback = rollbackOf(pace);
  if (rollback) return { do: 'roll-back', rollback };
  const due = open ? undefined : auditDue(pace);
  return due && { do: 'open-audit', due };
}

function rollbackOf(pace: PaceState): Rollback | undefined {
  const isTroubled = pace.failed !== undefined || pace.incidents.length > 0 || pace.isFrozen;
  const now = isTroubled ? paceOf(pace) : undefined;
  return now?.verdict === 'stop' ? now.rollback : undefined;
}

interface Challenger {
  readonly open: OpenTrial;
  readonly activeMs: number;
  readonly isOver: boolean;
}

/** Before a promotion: undefined where it may be made. One that none can follow keeps no distance to the next. */
export function pacedStep(
  plan: Plan,
  state: StudyState,
  { open, activeMs, isOver }: Challenger,
): PaceStep | undefined {
  if (plan.gatekeeper === undefined) return undefined;
  const { pace } = state;
  const next = { candidate: open.candidate.id, ...sizeOf(plan, open) };
  const now = paceOf(pace, next);
  if (now.verdict === 'stop') {
    if (now.rollback) return { do: 'roll-back', rollback: now.rollback };
    if (now.until !== 'audit') return { do: 'hold', reason: now.reason };
    const due = auditDue(pace, next);
    return due ? { do: 'open-audit', due } : { do: 'take-audit' };
  }
  const changed = changedPace(state, now);
  if (changed) return { do: 'pace', said: changed };
  if (now.verdict === 'go' || isOver || now.notBeforeMs <= activeMs) return undefined;
  return { do: 'throttle', untilMs: now.notBeforeMs };
}

/** What has to be said before it is acted upon; undefined where the ledger says so already. */
function changedPace(
  { pacing }: StudyState,
  now: Exclude<Pace, { readonly verdict: 'stop' }>,
): Omit<EventBody['pace.changed'], 'debt'> | undefined {
  if (pacing === now.verdict) return undefined;
  if (now.verdict === 'go') return { verdict: 'go', reason: 'Audits keep up.' };
  const { verdict, ratePerHour, reason } = now;
  return { verdict, ratePerHour, reason };
}
