/** Arms are compared at equal spend, so an arm pays for what finds and for nothing that is only claimed. */
import { expect, test } from 'vitest';
import { pairEvals } from '../../src/claims/pairs.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { totalEvals } from '../../src/loop/decide.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { runSmall } from './fixtures/small-run.ts';

const { events, study } = await runSmall(
  smallPlan({ clock: manualClock(), seed: 'spend', budget: { trials: 60 } }),
);

/** Of one arm: what it was measured for, one kind of measurement at a time. */
function spentOn(arm: string, upTo: number) {
  const sums = { trials: 0, baseline: 0, confirm: 0, block: 0 };
  for (const { seq, type, body } of events) {
    if (seq > upTo || !('arm' in body) || body.arm !== arm) continue;
    if (type === 'trial.settled') sums.trials += body.evals;
    if (type !== 'measurement.recorded' || !(body.purpose in sums)) continue;
    sums[body.purpose as keyof typeof sums] += pairEvals(body);
  }
  return sums;
}

test('an arm has paid for trials, references and confirms when its incumbent moves', () => {
  const moves = events.filter(
    (event): event is StoredEvent<'candidate.promoted'> | StoredEvent<'trial.confirmed'> =>
      event.type === 'candidate.promoted' ||
      (event.type === 'trial.confirmed' &&
        event.body.arm !== 'main' &&
        event.body.verdict === 'accepted'),
  );
  expect(new Set(moves.map(({ body }) => body.arm))).toEqual(new Set(['main', 'best-of-n']));
  for (const { seq, trial, body } of moves) {
    const { trials, baseline, confirm } = spentOn(body.arm, seq);
    const milestone = study.state.arms[body.arm]?.milestones.find((one) => one.trial === trial);
    expect(milestone?.atEvals).toBe(trials + baseline + confirm);
  }
});

test('the noise floor and the blocks are the study’s, and in its total', () => {
  const { state } = study;
  const floor = events.find(({ type }) => type === 'noise.measured') as
    | StoredEvent<'noise.measured'>
    | undefined;
  const { block } = spentOn('main', Number.POSITIVE_INFINITY);
  expect(block).toBeGreaterThan(0);
  expect(state.claimEvals).toBe((floor?.body.values.length ?? 0) + block);
  const arms = Object.values(state.arms).reduce((sum, arm) => sum + arm.evals, 0);
  expect(totalEvals(state)).toBe(arms + state.claimEvals);
});
