/**
 * When a deep audit is due. Asked after a promotion, so that the audit runs beside the search for the next
 * one, and before a promotion, which may be what asks for it.
 */
import type { CandidateId } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import type { GatesPromise } from '../core/safety-events.ts';
import { completenessAhead, debtAdded, debtNow, gainSinceAudit } from './debt.ts';
import {
  AUDIT_GENERATIONS,
  DEFERRALS,
  GATE_WEIGHT,
  IMPROVER_WEIGHT,
  LOG_AUDIT_GAIN,
  ROUNDING,
} from './rules.ts';
import type { PaceState } from './state.ts';
import type { Gained } from './verified-gain.ts';

/** The promotion that is about to be made: what its entry would say. */
export interface Next extends Gained {
  readonly candidate: CandidateId;
}

type Opened = EventBody['audit.opened'];

export interface AuditDue {
  /** To be recorded before the gatekeeper is asked. */
  readonly opened: Opened;
  /** Candidates since `from`, in order; the last is `to`. Empty where the gate changed and nothing else. */
  readonly lineage: readonly CandidateId[];
}

/** Undefined where none is due, and while one is open, has failed or cannot be had without a person. */
export function auditDue(state: PaceState, next?: Next): AuditDue | undefined {
  const { promise } = state;
  if (promise === undefined || !canAudit(state)) return undefined;
  const why = whyDue(state, promise, next);
  if (why) return auditOfIncumbent(state, why);
  if (next === undefined || !isDueAhead(state, promise, next)) return undefined;
  const { candidate: to } = next;
  const { opened } = auditOfIncumbent(state, 'debt');
  return { opened: { ...opened, to }, lineage: [to] };
}

/** The last one of a study, so that what it leaves is certified; undefined where it is. */
export function lastAudit(state: PaceState): AuditDue | undefined {
  if (state.unaudited.length === 0 || state.isEndDeferred || !canAudit(state)) return undefined;
  return auditOfIncumbent(state, 'end');
}

function canAudit({ audit, failed, strangeGate, deferrals }: PaceState): boolean {
  return (
    audit === undefined &&
    failed === undefined &&
    strangeGate === undefined &&
    deferrals < DEFERRALS
  );
}

function auditOfIncumbent(state: PaceState, why: Opened['why']): AuditDue {
  const { audits, certified, incumbent: to, promotions, unaudited } = state;
  const lineage = unaudited.map(({ candidate }) => candidate);
  return { opened: { audit: audits + 1, from: certified.candidate, to, promotions, why }, lineage };
}

/** Of the incumbent: the first reason that there is. */
function whyDue(
  state: PaceState,
  promise: GatesPromise,
  next: Next | undefined,
): Opened['why'] | undefined {
  if (state.gateDebt > 0) return 'debt';
  const generations = state.unaudited.length;
  if (generations === 0) return undefined;
  if (state.unaudited.some(({ isSampled }) => isSampled)) return 'sampled';
  if (gainSinceAudit(state) >= LOG_AUDIT_GAIN - ROUNDING) return 'gain';
  if (generations >= allowedGenerations(promise)) return 'generations';
  return isOver(state, promise, next) ? 'debt' : undefined;
}

/** Promotions after which the next one needs an audit. */
function allowedGenerations({ weight }: GatesPromise): number {
  return weight >= IMPROVER_WEIGHT ? 1 : AUDIT_GENERATIONS;
}

/** With the promotion that is about to be made, where there is one. */
export function isOver(state: PaceState, promise: GatesPromise, next: Next | undefined): boolean {
  const added = next === undefined ? 0 : debtAdded(state, promise, next);
  return debtNow(state) + added > promise.maxDebt + ROUNDING;
}

/** Nothing else is left to audit, and what is to be promoted is too large or too near the gates to stand unaudited. */
function isDueAhead(state: PaceState, promise: GatesPromise, next: Next): boolean {
  if (state.unaudited.length > 0) return false;
  const isAudited = completenessAhead(state, next.candidate) !== undefined;
  if (isAudited) return state.ahead?.cpuMs !== undefined && isOver(state, promise, next);
  return promise.weight >= GATE_WEIGHT || isOver(state, promise, next);
}
