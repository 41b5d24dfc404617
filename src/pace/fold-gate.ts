/** Who judges, and what it last said, folded. A change of the gate is promoted like a candidate (safety.md §2). */
import type { StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { GATE_CHANGE_DEBT, gainOfLineage } from './debt.ts';
import { VERDICTS_KEPT } from './rules.ts';
import type { PaceState } from './state.ts';

export function applyJudged(state: PaceState, { body }: StoredEvent<'gate.judged'>): void {
  const { candidate, against, verdict, sampled: isSampled = false } = body;
  const { promotions, rollbacks, gate } = state;
  const gain = gainOfLineage(state);
  const floor = { candidate, against, verdict, promotions, gain, rollbacks, gate, isSampled };
  const others = state.floors.filter((one) => one.candidate !== candidate);
  state.floors = [...others, floor].slice(-VERDICTS_KEPT);
}

/** Another gatekeeper than the study's judges nothing before a person agreed to exactly that one. */
export function applyJoined(state: PaceState, { body }: StoredEvent<'gatekeeper.joined'>): void {
  const { digest } = body;
  if (state.gate === undefined) state.gate = digest;
  if (digest === state.gate) state.strangeGate = undefined;
  else if (digest === state.agreedGate) changeGate(state, digest);
  else state.strangeGate = digest;
}

export function applyApproval(
  state: PaceState,
  event: StoredEvent<'approval.requested' | 'approval.decided'>,
): void {
  if (event.type === 'approval.requested') {
    const { about, approval, candidate } = event.body;
    if (about === 'gate-change') {
      state.gateRequests = { ...state.gateRequests, [approval]: candidate };
    }
    return;
  }
  const { approval, decision } = event.body;
  const { [approval]: digest, ...rest } = state.gateRequests;
  state.gateRequests = rest;
  if (digest === undefined || decision !== 'approve') return;
  if (digest === state.strangeGate) changeGate(state, digest);
  else state.agreedGate = digest;
}

/** What the gate before it certified stays so; the first audit of the new one looks at it again. */
function changeGate(state: PaceState, digest: Hash): void {
  state.gate = digest;
  state.strangeGate = undefined;
  state.agreedGate = undefined;
  state.gateDebt += GATE_CHANGE_DEBT;
  state.ahead = undefined;
}
