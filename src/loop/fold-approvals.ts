/**
 * What people were asked and what they said, folded. A trial that waits for them keeps its share of the
 * error budget until it is promoted: others are tested meanwhile, and an answer must not buy any of them
 * a larger share.
 */
import type { EventBody, StoredEvent } from '../core/events.ts';
import { advance, type TrialEnd, type TrialInput } from '../core/trial-state.ts';
import { gainOf, gainOfLineage } from '../pace/debt.ts';
import type { Gained } from '../pace/verified-gain.ts';
import { countEnd, openOf } from './fold-open.ts';
import type { Plan } from './plan.ts';
import { armOf, type OpenTrial, type Parked, type StudyState } from './state.ts';

export function applyRequested(
  _plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'approval.requested'>,
): void {
  state.approvals = body.approval;
  const { gateDigest: gate } = state;
  if (body.about === 'gate-change') {
    state.parked = [...state.parked, { asked: body, gate }];
    return;
  }
  const open = openOf(state);
  countAccepted(state, open, -1);
  state.parked = [...state.parked, { asked: body, open, gate }];
  state.open = undefined;
}

/** Between an acceptance that counts and one that keeps its share. */
function countAccepted(state: StudyState, { arm: name }: OpenTrial, by: 1 | -1): void {
  const arm = armOf(state, name);
  arm.accepted += by;
  arm.failedAttempts -= by;
}

const ENDS: Readonly<Record<'reject' | 'expired' | 'superseded', readonly [TrialInput, TrialEnd]>> =
  {
    reject: ['decline', 'declined'],
    expired: ['expire', 'expired'],
    superseded: ['supersede', 'superseded'],
  };

export function applyDecided(
  _plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'approval.decided'>,
): void {
  const parked = state.parked.find(({ asked }) => asked.approval === body.approval);
  state.parked = state.parked.filter((one) => one !== parked);
  if (body.letter !== undefined) {
    state.steering = { ...state.steering, ids: [...state.steering.ids, body.letter] };
  }
  if (parked === undefined) return;
  if (parked.open) applyToTrial(state, parked.open, body);
  else if (body.decision === 'approve') state.agreedGate = parked.asked.evidence as Parked['gate'];
}

/** It comes back as the open trial, or ends. */
function applyToTrial(
  state: StudyState,
  open: OpenTrial,
  { approval, decision, by = 'somebody', again }: EventBody['approval.decided'],
): void {
  if (decision !== 'approve' && !again) {
    const [input, end] = ENDS[decision];
    advance(open.phase, input);
    countEnd(state, end);
    return;
  }
  countAccepted(state, open, 1);
  state.open = again ? unjudged(open) : { ...open, approved: { approval, by } };
}

function unjudged({ judged, approved: _approved, ...open }: OpenTrial): OpenTrial {
  return judged ? { ...open, phase: 'accepted' } : open;
}

/** What another gate said does not count, nor what people agreed to on the strength of it. */
export function applyOtherGate(state: StudyState): void {
  if (state.open) state.open = unjudged(state.open);
}

/** Log ratio of verified gain since a person last agreed, a promotion of that size included. */
export function gainSinceAgreed({ pace, agreedGain }: StudyState, gained: Gained): number {
  const lineage = gainOfLineage(pace);
  return lineage - Math.min(agreedGain, lineage) + gainOf(pace, gained);
}

/** Where the count begins after a promotion; before its pace is folded. */
export function agreedAfter(
  { pace, agreedGain }: StudyState,
  gained: Gained,
  isApproved: boolean,
): number {
  const lineage = gainOfLineage(pace);
  return isApproved ? lineage + gainOf(pace, gained) : Math.min(agreedGain, lineage);
}
