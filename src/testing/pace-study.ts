/** The pace of a small study of times, moved on entry by entry. */
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { GatesPromise } from '../core/safety-events.ts';
import { auditDue, lastAudit } from '../pace/due.ts';
import { applyPace } from '../pace/fold.ts';
import { newPace, type PaceState } from '../pace/state.ts';
import {
  entry,
  finishedBody,
  joinedBody,
  noiseBody,
  openedBody,
  promotedBody,
} from './pace-entries.ts';

/** A study of times that has done nothing yet. */
export function study(promise: Partial<GatesPromise> = {}): PaceState {
  const state = newPace();
  applyPace(state, entry('study.opened', openedBody(promise)));
  applyPace(state, entry('gatekeeper.joined', joinedBody('gate-0')));
  applyPace(state, entry('noise.measured', noiseBody([10, 11, 9, 10])));
  return state;
}

export const LOOSE = { weight: 1, maxDebt: 100 };

export function promote(state: PaceState, ...gains: readonly number[]): PaceState {
  for (const gain of gains) {
    const from = state.incumbent;
    const candidate = `c${state.promotions + 1}`;
    const wallMs = state.activeMs + 20_000;
    applyPace(
      state,
      entry('candidate.promoted', promotedBody({ candidate, from, gain }), { wallMs }),
    );
  }
  return state;
}

export function audit(
  state: PaceState,
  verdict: 'pass' | 'fail' | 'deferred' | 'open',
  said: Partial<EventBody['audit.finished']> = {},
): PaceState {
  const due = auditDue(state) ?? lastAudit(state);
  if (due === undefined) throw new Error('no audit is due');
  applyPace(state, entry('audit.opened', due.opened));
  if (verdict !== 'open') {
    applyPace(state, entry('audit.finished', finishedBody(state.audits, verdict, said)));
  }
  return state;
}

export const incident = (number: number, candidate?: string): StoredEvent => {
  const about = candidate === undefined ? {} : { candidate };
  const body = { incident: number, kind: 'canary', detail: '', ...about };
  return entry('incident.opened', body);
};
