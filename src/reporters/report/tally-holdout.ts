import type { StoredEvent } from '../../core/events.ts';
import { challengerOf, charge, count, MAIN_ARM, type Tally } from './tally.ts';

export function tallySealed(tally: Tally, event: StoredEvent<'holdout.sealed'>): void {
  tally.holdout.sealed.push(event);
  charge(tally, { spent: 'holdout', arm: MAIN_ARM, evals: event.body.evals });
}

/** A refused candidate's acceptance does not give its level back after all. */
export function tallyQueried(tally: Tally, event: StoredEvent<'holdout.queried'>): void {
  const { body, trial = -1 } = event;
  tally.holdout.queried.push(event);
  charge(tally, { spent: 'holdout', arm: MAIN_ARM, evals: body.evals });
  if (body.gate === 'pass') return;
  tally.alphaSpent += challengerOf(tally, trial).confirmed?.body.alpha ?? 0;
  tally.challengers.delete(trial);
  count(tally.ends, 'gate-failed');
}
