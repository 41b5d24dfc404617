/** A study cut after any entry and resumed ends as if nothing had happened. */
import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { apply, STATE_VERSION } from '../../src/loop/fold.ts';
import { initialState } from '../../src/loop/state.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({ clock: manualClock(), ...more });

test(`after every ${STEP === 1 ? '' : `${STEP}th `}entry`, async () => {
  const whole = await runSmall(planOf());
  const types = new Set(whole.events.map(({ type }) => type));
  expect([...types].sort()).toEqual([
    'arm.compared',
    'candidate.promoted',
    'measurement.recorded',
    'noise.measured',
    'study.closed',
    'study.opened',
    'trial.confirmed',
    'trial.settled',
  ]);
  for (let cut = 1; cut <= whole.events.length; cut += STEP) {
    const resumed = await continueFrom(planOf(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
    expect(resumed.events.at(-1)?.type, 'nothing stands after the end').toBe('study.closed');
  }
});

test('interrupted again and again, a few entries at a time', async () => {
  const whole = await runSmall(planOf());
  let { events } = await runSmall(planOf({ budget: { trials: 1 } }));
  events = events.slice(0, 3);
  for (let cut = 3; cut < whole.events.length; cut += 5) {
    const { events: further } = await continueFrom(planOf(), events);
    const kept = events.length + 5;
    events = further.slice(0, kept);
  }
  expect((await continueFrom(planOf(), events)).logical).toBe(whole.logical);
});

test('the state of a resumed study is the fold of its ledger', async () => {
  const plan = planOf();
  const { events, study } = await runSmall(plan);
  const folded = initialState(plan);
  for (const event of events) apply(plan, folded, event);
  expect(folded).toEqual(study.state);
});

test('another secret or seed is another study: the digests above could have differed', async () => {
  const logical = async (more: Partial<SmallStudyOptions>) =>
    (await runSmall(planOf(more))).logical;
  const digests = await Promise.all([{}, { seed: '2' }, { secret: 'other' }].map(logical));
  expect(new Set(digests).size).toBe(3);
});

test('a snapshot that is used, and one that cannot be read, lead to the same study', async () => {
  const whole = await runSmall(planOf());
  const cut = whole.events.findIndex(({ trial }) => trial === 40);
  const before = whole.events.slice(0, cut);
  const plan = planOf();
  const state = initialState(plan);
  for (const event of before.slice(0, cut - 30)) apply(plan, state, event);
  const { seq, committed } = state;
  const saved = { seq, committed, fold: STATE_VERSION };
  for (const bytes of [serialize(state), Buffer.from('not a snapshot')]) {
    const resumed = await continueFrom(planOf(), before, { ...saved, bytes });
    expect(resumed.logical).toBe(whole.logical);
  }
  const other = { ...state, promotions: 99 };
  const wrong = await continueFrom(planOf(), before, { ...saved, bytes: serialize(other) });
  expect(wrong.study.state.promotions, 'a snapshot is used where there is one').toBeGreaterThan(98);
});

test('a lost entry does not fold', async () => {
  const plan = planOf();
  const { events } = await runSmall(plan);
  const state = initialState(plan);
  const holed = events.filter(({ seq }) => seq !== 10);
  expect(() => {
    for (const event of holed) apply(plan, state, event);
  }).toThrow(/Entry 10 is missing/);
});
