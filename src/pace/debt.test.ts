/** Worked numbers of audit debt, and of the gains that it is made of. */
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import {
  entry,
  finishedBody,
  noiseBody,
  openedBody,
  PACE_ORIGIN,
  promotedBody,
} from '../testing/pace-entries.ts';
import { debtAdded, debtNow, debtOf, gainOfLineage, gainSinceAudit } from './debt.ts';
import { applyPace } from './fold.ts';
import { newPace, type PaceState } from './state.ts';
import { verifiedGain } from './verified-gain.ts';

function fold(...events: readonly StoredEvent[]): PaceState {
  const state = newPace();
  for (const event of events) applyPace(state, event);
  return state;
}

const MS = [10, 11, 9, 10, 12, 8, 10, 11, 9, 10, 10, 11];

/** Promotions of log gains, one after the other, of a study of times. */
function promotions(...gains: readonly number[]): StoredEvent[] {
  return gains.map((gain, i) => {
    const from = i === 0 ? PACE_ORIGIN : `c${i}`;
    return entry('candidate.promoted', promotedBody({ candidate: `c${i + 1}`, from, gain }));
  });
}

const START = [entry('study.opened', openedBody()), entry('noise.measured', noiseBody(MS))];

describe('Δc', () => {
  const max = { name: 'score', goal: 'max', unit: '' } as const;
  const min = { name: 'error', goal: 'min', unit: '' } as const;
  const time = { name: 'time', goal: 'min', unit: 'ms', kind: 'time' } as const;
  const known = { n: 8 };
  const step = Math.log(1.25);

  test('of a ratio: ln(after/before), whichever way is better', () => {
    const ratio = { isRatio: true, smallestEffect: 2 };
    const ofMax = verifiedGain({ metric: max, ...ratio }, 100, { gain: 25, ...known });
    expect(ofMax).toBeCloseTo(0.223144, 6);
    const ofMin = verifiedGain({ metric: min, ...ratio }, -100, { gain: 20, ...known });
    expect(ofMin).toBeCloseTo(0.223144, 6);
    const exact = { gain: 1, n: 1, tolerance: 1e-9 };
    expect(verifiedGain({ metric: max, isRatio: true }, 2, exact)).toBeCloseTo(0.405465, 6);
  });

  test('of a time: the gain, which is a log ratio already', () => {
    const gained = { gain: Math.log(3), ...known };
    const scale = { metric: time, isRatio: true, smallestEffect: 0.1 };
    expect(verifiedGain(scale, -Math.log(90), gained)).toBe(Math.log(3));
  });

  test('where ratios mean nothing: ten smallest effects are one audit', () => {
    const scale = { metric: max, isRatio: false, smallestEffect: 2 };
    expect(verifiedGain(scale, 100, { gain: 2, ...known })).toBeCloseTo(0.0223144, 7);
    expect(verifiedGain(scale, 100, { gain: 20, ...known })).toBeCloseTo(step, 12);
    const ahead = { metric: max, isRatio: true, smallestEffect: 2 };
    expect(verifiedGain(ahead, -1, { gain: 4, ...known }), 'from below 0').toBeCloseTo(
      step / 5,
      12,
    );
    const past = { metric: min, isRatio: true, smallestEffect: 2 };
    expect(verifiedGain(past, -3, { gain: 4, ...known }), 'an error below 0').toBeCloseTo(
      step / 5,
      12,
    );
  });

  test('of unknown size: an audit of its own; of a loss: nothing', () => {
    const scale = { metric: max, isRatio: false, smallestEffect: 2 };
    expect(verifiedGain(scale, 100, { gain: 0, n: 1 }), 'one pair').toBe(step);
    expect(verifiedGain({ metric: max, isRatio: false }, 1, { gain: 1, ...known })).toBe(step);
    expect(verifiedGain(scale, 100, { gain: Number.NaN, n: 1, tolerance: 0 })).toBe(step);
    expect(verifiedGain(scale, 100, { gain: -5, ...known })).toBe(0);
  });
});

describe('the scale of a study', () => {
  const score = { name: 'score', goal: 'max', unit: '' } as const;
  const study = { metric: score };

  test('is a ratio where every value of the noise floor is above 0', () => {
    const opened = entry('study.opened', openedBody({}, study));
    const state = fold(opened, entry('noise.measured', noiseBody(MS)));
    expect(state.scale?.isRatio).toBe(true);
    expect(state.level).toBe(10);
    // IQR 1.25 / 1.34898, twice: the rule looks for 2 σ.
    expect(state.scale?.smallestEffect).toBeCloseTo(1.853252, 5);
    const signed = fold(opened, entry('noise.measured', noiseBody([...MS, 0])));
    expect(signed.scale?.isRatio).toBe(false);
  });

  test('of an exact study is the verifier’s value, and knows no smallest effect', () => {
    const rule = { mode: 'exact', tolerance: 1e-9 };
    const opened = entry('study.opened', openedBody({}, { ...study, rule }));
    const state = fold(opened, entry('noise.measured', noiseBody([2, 2, 2, 2], 2.5)));
    expect(state.level).toBe(2.5);
    expect(state.scale).toEqual({ metric: score, isRatio: true });
    for (const verified of [-1, 0]) {
      const below = fold(opened, entry('noise.measured', noiseBody([2, 2, 2, 2], verified)));
      expect(below.scale?.isRatio).toBe(false);
    }
  });

  test('follows the incumbent: the second gain is measured from where the first led', () => {
    const opened = entry('study.opened', openedBody({}, study));
    const state = fold(opened, entry('noise.measured', noiseBody(MS)), ...promotions(10, 20));
    expect(state.level).toBe(40);
    expect(state.unaudited.map(({ gain }) => gain)).toEqual([Math.log(2), Math.log(2)]);
  });
});

test('before the noise floor, of which nothing is known, a promotion is an audit of its own', () => {
  const state = fold(entry('study.opened', openedBody()), ...promotions(0.01));
  expect(state.unaudited).toMatchObject([{ gain: Math.log(1.25), debt: 4, level: undefined }]);
});

describe('D', () => {
  test('of one promotion: w·(1 + Δc/ln 1.25), more where the floor leaves something unchecked', () => {
    const promise = openedBody().gates;
    expect(debtOf(promise, 0)).toBe(2);
    expect(debtOf(promise, Math.log(1.25))).toBe(4);
    expect(debtOf(promise, Math.log(1.1))).toBeCloseTo(2.85425, 6);
    expect(debtOf({ ...promise, completeness: 0.25 }, 0)).toBe(3.5);
    expect(debtOf({ ...promise, weight: 8 }, 0)).toBe(8);
  });

  test('adds up over what is unaudited', () => {
    const state = fold(...START, ...promotions(Math.log(1.1), 0, Math.log(1.05)));
    // 2·(1 + 0.427125) + 2 + 2·(1 + 0.218650)
    expect(debtNow(state)).toBeCloseTo(7.291548, 6);
    expect(gainSinceAudit(state)).toBeCloseTo(Math.log(1.155), 12);
  });

  test('leaves what an audit could not look at, and goes back to that after a rollback', () => {
    const entries = promotions(Math.log(1.1), 0, Math.log(1.05));
    const certified = { from: PACE_ORIGIN, to: 'c2', promotions: 2 };
    const audit = entry('audit.opened', { audit: 1, ...certified, why: 'gain' });
    const passed = entry('audit.finished', finishedBody(1, 'pass', { completeness: 0.9 }));
    const state = fold(...START, ...entries.toSpliced(2, 0, audit), passed);
    // (2.854250 + 2)·0.1 + 2.437299
    expect(debtNow(state)).toBeCloseTo(2.922723, 6);
    expect(state.certified).toEqual({
      candidate: 'c2',
      level: expect.closeTo(-Math.log(10) + Math.log(1.1), 12),
      gain: expect.closeTo(Math.log(1.1), 12),
    });
    const back = { arm: 'main', from: 'c3', to: 'c2', why: 'a drill', quarantined: ['c3'] };
    applyPace(state, entry('candidate.rolled-back', back));
    expect(debtNow(state)).toBeCloseTo(0.485425, 6);
    expect(state.incumbent).toBe('c2');
    expect(gainOfLineage(state)).toBeCloseTo(Math.log(1.1), 12);
    expect(state.level).toBeCloseTo(-Math.log(10) + Math.log(1.1), 12);
  });

  test('of a candidate that was audited ahead is what that audit left', () => {
    const next = { candidate: 'c1', gain: Math.log(10), n: 8 };
    const ahead = { audit: 1, from: PACE_ORIGIN, to: 'c1', promotions: 0 };
    const state = fold(...START, entry('audit.opened', { ...ahead, why: 'debt' }));
    const promise = openedBody().gates;
    // 2·(1 + 2.302585/0.223144)
    expect(debtAdded(state, promise, next)).toBeCloseTo(22.637705, 5);
    applyPace(state, entry('audit.finished', finishedBody(1, 'pass', { completeness: 0.8 })));
    expect(debtAdded(state, promise, next)).toBeCloseTo(4.527541, 5);
    expect(debtAdded(state, promise, { ...next, candidate: 'another' })).toBeCloseTo(22.6377, 4);
    for (const event of promotions(Math.log(10))) applyPace(state, event);
    expect(debtNow(state)).toBeCloseTo(4.527541, 5);
    expect(state.certified).toMatchObject({ candidate: 'c1', gain: Math.log(10) });
    expect(gainOfLineage(state)).toBe(Math.log(10));
  });
});
