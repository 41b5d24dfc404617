import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { smallPlan } from '../testing/small-study.ts';
import { BARRED_BY_AUDIT, isBarredByAudit } from './barred.ts';
import { refusedCandidate } from './hand-written.ts';
import { initialState } from './state.ts';

const plan = smallPlan({ clock: manualClock() });

test('planted: what an audit barred is refused by that name when somebody hands it in', () => {
  const text = JSON.stringify({ trial: 7, effect: 1 });
  const state = initialState(plan);
  const said = { text, by: 'ada' };
  expect(refusedCandidate(plan, state, said)).not.toBe(BARRED_BY_AUDIT);
  state.pace.quarantined = [sha256(text)];
  expect(refusedCandidate(plan, state, said)).toBe(BARRED_BY_AUDIT);
});

test('what a control measures goes nowhere', () => {
  const state = initialState(plan);
  state.pace.quarantined = ['a'];
  expect(isBarredByAudit(state, 'main', 'a')).toBe(true);
  expect(isBarredByAudit(state, 'best-of-n', 'a')).toBe(false);
});
