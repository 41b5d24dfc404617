import { charge } from '../../core/accounts.ts';
import type { StoredEvent } from '../../core/events.ts';
import { armOf, challengerOf, count, MAIN_ARM, type Tally } from './tally.ts';

export function tallySealed(tally: Tally, event: StoredEvent<'holdout.sealed'>): void {
  tally.holdout.sealed.push(event);
  chargeHoldout(tally, event.body);
}

/** A refused candidate's acceptance does not give its level back after all. */
export function tallyQueried(tally: Tally, event: StoredEvent<'holdout.queried'>): void {
  const { body, trial = -1 } = event;
  tally.holdout.queried.push(event);
  chargeHoldout(tally, body);
  if (body.gate === 'pass') return;
  tally.alphaSpent += challengerOf(tally, trial).confirmed?.body.alpha ?? 0;
  tally.challengers.delete(trial);
  count(tally.ends, 'gate-failed');
}

function chargeHoldout(tally: Tally, { evals }: { readonly evals: number }): void {
  const fold = tally.opened?.body.fold;
  charge(tally, armOf(tally, MAIN_ARM), { spent: 'holdout', evals, fold });
}
