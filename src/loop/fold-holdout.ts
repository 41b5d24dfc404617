/** What the gate said, folded: the sealed sets as far as the ledger knows them. */
import type { CandidateId } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import { advance } from '../core/trial-state.ts';
import { MAIN_ARM } from './plan.ts';
import { armOf, type HoldoutState, type OpenTrial, type StudyState } from './state.ts';

export function applySealed(state: StudyState, body: EventBody['holdout.sealed']): void {
  const { generation, queries: queriesLeft, entry, evidence, candidate } = body;
  const before = state.holdout?.incumbents ?? [];
  const incumbents = Array.from({ length: generation - 1 }, (_, i) => before[i] ?? candidate);
  state.holdout = {
    generation,
    isOpen: true,
    queriesLeft,
    stamp: { entry, evidence },
    incumbents: [...incumbents, candidate],
    revealed: state.holdout?.revealed ?? 0,
  };
}

/**
 * True where the candidate passed. One that did not keeps its share of the error budget
 * (acceptance.md §7, 16): its acceptance bought no promotion.
 */
export function applyQueried(
  state: StudyState,
  open: OpenTrial,
  body: EventBody['holdout.queried'],
): boolean {
  const { generation, queriesLeft, retired, entry, evidence } = body;
  const arm = armOf(state, MAIN_ARM);
  const known = state.holdout ?? { incumbents: [], revealed: 0 };
  const isOpen = retired === undefined;
  state.holdout = { ...known, generation, isOpen, queriesLeft, stamp: { entry, evidence } };
  if (body.gate === 'pass') {
    open.heldOutIn = generation;
    // The first of several gates, where a gatekeeper judges after it.
    if (state.opened?.gates === undefined) open.phase = advance(open.phase, 'gates-pass');
    return true;
  }
  arm.accepted -= 1;
  arm.failedAttempts += 1;
  return false;
}

/** The promoted candidate, where it was measured on the last set: people may take longer than a set lasts. */
export function withLast(
  { incumbents, generation }: HoldoutState,
  { candidate, heldOutIn }: OpenTrial,
): CandidateId[] {
  return heldOutIn === generation ? [...incumbents.slice(0, -1), candidate.id] : incumbents;
}
