import { expect, test } from 'vitest';
import { applyPace } from '../pace/fold.ts';
import { manualClock } from '../testing/manual-clock.ts';
import {
  entry,
  finishedBody,
  openedBody,
  PACE_ORIGIN,
  promotedBody,
} from '../testing/pace-entries.ts';
import { smallPlan } from '../testing/small-study.ts';
import { pacedStep } from './pace.ts';
import type { Plan } from './plan.ts';
import { initialState, type OpenTrial, type StudyState } from './state.ts';

const gatekeeper = {} as NonNullable<Plan['gatekeeper']>;
const plan: Plan = { ...smallPlan({ clock: manualClock() }), gatekeeper };

const open: OpenTrial = {
  trial: 7,
  arm: 'main',
  candidate: { id: 'next', text: '' },
  proposer: 'climber',
  operator: 'step',
  phase: 'accepted',
  differences: [],
  pairsUsed: 2,
  block: [1, 2, 1, 2],
  others: {},
  blockOthers: {},
  trained: [],
};

/** One promotion, after 20 s; its audit took 90. */
function behind(): StudyState {
  const state = initialState(plan);
  const promoted = promotedBody({ candidate: 'c1', from: PACE_ORIGIN, gain: 1 });
  const audited = { audit: 1, from: PACE_ORIGIN, to: 'c1', promotions: 1, why: 'gain' } as const;
  for (const event of [
    entry('study.opened', openedBody()),
    entry('candidate.promoted', promoted, { wallMs: 20_000 }),
    entry('audit.opened', audited),
    entry('audit.finished', finishedBody(1, 'pass', { tookMs: 90_000 })),
  ]) {
    applyPace(state.pace, event);
  }
  return state;
}

test('a throttled promotion says so first, then waits until its time, then is made', () => {
  const state = behind();
  const at = (activeMs: number) => pacedStep(plan, state, { open, activeMs, isOver: false });
  expect(at(30_000)).toMatchObject({ do: 'pace', said: { verdict: 'throttle', ratePerHour: 40 } });
  state.pacing = 'throttle';
  expect(at(30_000)).toEqual({ do: 'throttle', untilMs: 110_000 });
  expect(at(109_999)).toMatchObject({ do: 'throttle' });
  expect(at(110_000)).toBeUndefined();
});

test('the last promotion of a search that is over waits for no distance', () => {
  const state = { ...behind(), pacing: 'throttle' as const };
  expect(pacedStep(plan, state, { open, activeMs: 30_000, isOver: true })).toBeUndefined();
});
