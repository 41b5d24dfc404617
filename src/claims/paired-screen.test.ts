/** The screen beside its stages: exact values, pairs instead of a reference, and how much is measured for it. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { defaultRule, exactRule } from './rule.ts';
import {
  floorCases,
  isPairedScreen,
  needsTopUp,
  pairedValues,
  referenceSize,
  screenStages,
  screenVerdict,
} from './screen.ts';

const RULE = defaultRule();
const EXACT = exactRule({ tolerance: 0.5, verifier: sha256('verifier') });
const FLOOR = noiseFloor([-1.2, 0.4, 0.9, -0.3, 0.1, 1.4, -0.8, 0.2, -0.5, 0.7, -0.1, 0.3]);

describe('of an exact objective', () => {
  const screened = (...values: readonly number[]) => screenVerdict(EXACT, FLOOR, values, 10);

  test('one value decides, and a gain equal to the tolerance is none', () => {
    expect(screened()).toEqual({ verdict: 'more', take: 1 });
    expect(screened(10.6)).toEqual({ verdict: 'promising' });
    expect(screened(10.5)).toEqual({ verdict: 'futile', stage: 1 });
    expect(screened(9)).toEqual({ verdict: 'futile', stage: 1 });
    expect(screenStages(EXACT, FLOOR)).toEqual([{ cumulative: 1, cut: 0 }]);
  });

  test('little is measured beforehand, and nothing again', () => {
    expect([referenceSize(EXACT), floorCases(EXACT)]).toEqual([1, 3]);
    expect(needsTopUp(EXACT)).toBe(false);
    expect(needsTopUp(RULE)).toBe(true);
  });
});

test('a config that names no effect is planned for two σ', () => {
  expect([referenceSize({ mode: 'fwer' }), floorCases({ mode: 'fwer' })]).toEqual([12, 12]);
  expect(floorCases(defaultRule({ smallestEffect: 1 }))).toBe(48);
});

describe('pairs', () => {
  const still = { ...FLOOR, drifting: false, zero: false };

  test('are chosen where asked for, where most values agree, and where the machine drifts', () => {
    expect(isPairedScreen('paired', still, true)).toBe(true);
    expect(isPairedScreen('paired-if-needed', still, false)).toBe(false);
    expect(isPairedScreen('paired-if-needed', { ...still, zero: true }, true)).toBe(true);
    expect(isPairedScreen('paired-if-needed', { ...still, drifting: true }, false)).toBe(true);
    expect(isPairedScreen('paired-if-needed', { ...still, drifting: true }, true)).toBe(false);
    expect(isPairedScreen(undefined, { ...still, drifting: true }, false)).toBe(false);
  });

  test('count as the level of the incumbent and their difference; one without a score is left out', () => {
    const failed = [Number.NaN, Number.POSITIVE_INFINITY];
    expect(pairedValues(10, [1, ...failed, -2])).toEqual([11, 8]);
  });

  test('have stages that spend less on doubtful candidates', () => {
    expect(screenStages(RULE, { ...FLOOR, isPaired: true })).toEqual([
      { cumulative: 1, cut: 0.6 },
      { cumulative: 2, cut: 0.75 },
      { cumulative: 4, cut: 0.85 },
      { cumulative: 6, cut: 0.9 },
    ]);
    expect(screenStages(RULE, { ...FLOOR, isPaired: true, heavyTailed: true })).toEqual([
      { cumulative: 2, cut: 0.4 },
      { cumulative: 4, cut: 0.7 },
      { cumulative: 8, cut: 0.9 },
    ]);
  });
});
