/** Exact objectives: what a second program's values decide, and in which words. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import {
  areClose,
  compareExact,
  exactBy,
  exactDifferences,
  exactVerdict,
  exactWords,
  type VerifiedPair,
} from './exact.ts';
import { exactGuardRecords, guardedExactVerdict } from './guarded.ts';
import { exactRule } from './rule.ts';

const RULE = exactRule({ tolerance: 0.5, verifier: sha256('verifier') });
const MAX = { goal: 'max' } as const;
const MIN = { goal: 'min' } as const;
const pair = (value: number | null, againstValue: number | null): VerifiedPair => ({
  value,
  againstValue,
  claimed: value,
  againstClaimed: againstValue,
});

describe('differences', () => {
  test('are oriented and decimal: no rest of binary arithmetic is a gain', () => {
    const values = { values: [0.3, 7], againstValues: [0.1, 9] };
    expect(exactDifferences(values, MAX)).toEqual([0.2, -2]);
    expect(exactDifferences(values, MIN)).toEqual([-0.2, 2]);
  });

  test('of a side without a value are a win or a loss without size, of neither unknown', () => {
    const values = { values: [1, null, null], againstValues: [null, 1] };
    const [won, lost, unknown] = exactDifferences(values, MAX);
    expect([won, lost]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(unknown).toBeNaN();
  });
});

describe('a verdict', () => {
  test('accepts a gain beyond the tolerance, not one equal to it', () => {
    expect(exactVerdict(RULE, pair(10.6, 10), MAX)).toEqual({ verdict: 'accepted', gain: 0.6 });
    expect(exactVerdict(RULE, pair(10, 10.6), MIN)).toEqual({ verdict: 'accepted', gain: 0.6 });
    expect(exactVerdict(RULE, pair(10.5, 10), MAX)).toEqual({
      verdict: 'unconfirmed',
      gain: 0.5,
      why: "not better by more than the tolerance in the verifier's own values",
    });
  });

  test.each([
    [{ value: null }, 'inconclusive: the verifier gave no value for the candidate'],
    [{ againstValue: null }, 'inconclusive: the verifier gave no value for the incumbent'],
    [{ claimed: null }, 'inconclusive: the evaluator gave no value for the candidate'],
    [{ againstClaimed: null }, 'inconclusive: the evaluator gave no value for the incumbent'],
  ])('without a value is open and has no gain: %o', (missing, why) => {
    const verdict = exactVerdict(RULE, { ...pair(20, 10), ...missing }, MAX);
    expect(verdict).toEqual({ verdict: 'unconfirmed', why });
  });

  test.each([
    [{ claimed: 20.6 }, 'evaluator and verifier disagree on the candidate: 20.6 against 20'],
    [{ againstClaimed: 9.4 }, 'evaluator and verifier disagree on the incumbent: 9.4 against 10'],
  ])('where both programs disagree is unconfirmed, however large the gain: %o', (other, why) => {
    const verdict = exactVerdict(RULE, { ...pair(20, 10), ...other }, MAX);
    expect(verdict).toEqual({ verdict: 'unconfirmed', gain: 10, why });
  });

  test('they may differ by the tolerance itself, either way', () => {
    const close = { ...pair(20, 10), claimed: 20.5, againstClaimed: 9.5 };
    expect(exactVerdict(RULE, close, MAX).verdict).toBe('accepted');
    expect(areClose(0.3, 0.1, 0.2)).toBe(true);
    expect(areClose(0.1, 0.3, 0.2)).toBe(true);
    expect(areClose(0.1, 0.31, 0.2)).toBe(false);
  });
});

test('a comparison is ahead, behind or equal beyond the tolerance, and unknown without a value', () => {
  expect(compareExact(RULE, [0.6])).toEqual({ effect: 0.6, n: 1, verdict: 'ahead' });
  expect(compareExact(RULE, [-0.6])).toEqual({ effect: -0.6, n: 1, verdict: 'behind' });
  expect(compareExact(RULE, [0.5])).toEqual({ effect: 0.5, n: 1, verdict: 'equal' });
  expect(compareExact(RULE, [Number.NaN])).toEqual({ n: 0, verdict: 'no-evidence' });
  expect(compareExact(RULE, [])).toEqual({ effect: 0, n: 0, verdict: 'identical' });
});

describe('words', () => {
  const said = (gain: readonly number[], isOrigin: boolean, isItself?: boolean) =>
    exactWords({
      ...compareExact(RULE, gain),
      metric: { unit: 'percent' },
      isOrigin,
      tolerance: RULE.tolerance,
      isItself,
    });

  test('name the size to twelve digits, and who says it', () => {
    expect(said([1.123456789012], true)).toBe(
      'the incumbent is better than the untouched origin by 1.12345678901 points (exact, by the verifier)',
    );
    expect(said([-2], true, true)).toBe(
      'the incumbent is worse than the untouched origin by 2 points (exact, by the evaluator itself)',
    );
    expect(said([0.1], true)).toBe(
      'the incumbent and the untouched origin are equal within 0.5 points (exact, by the verifier)',
    );
    expect(said([], true)).toBe('the incumbent is the untouched origin');
    expect(said([Number.NaN], true)).toBe('not compared: the verifier gave no value for one side');
  });

  test('against a control say that one trajectory tests nothing', () => {
    expect(said([2], false)).toBe(
      "not testable: one trajectory; our candidate at the control's spend is better than the control's final by 2 points (exact, by the verifier)",
    );
    expect(said([], false)).toBe(
      "not testable: one trajectory; both arms had the same candidate at the control's spend",
    );
    expect(exactBy(undefined)).toBe('exact, by the verifier');
  });
});

describe('with guards', () => {
  const guarded = exactRule({
    tolerance: 0.5,
    verifier: sha256('verifier'),
    guards: [{ name: 'latency', goal: 'min', unit: 'ms', margin: 2 }],
  });
  const verdictOf = (gain: number, latency: readonly (number | null)[]) =>
    guardedExactVerdict(guarded, { pair: pair(10 + gain, 10), guards: { latency } }, MAX);

  test('a gain is accepted where the guard passes, and recorded with what it changed by', () => {
    const verdict = verdictOf(3, [-2]);
    expect(verdict).toMatchObject({ verdict: 'accepted', gain: 3 });
    expect(exactGuardRecords(verdict)).toEqual({
      guards: [{ name: 'latency', verdict: 'passed', n: 1, effect: -2 }],
    });
  });

  test('a guard that got worse, or has no value, ends it; every reason is named', () => {
    const worse = verdictOf(3, [-2.1]);
    expect(worse).toMatchObject({ verdict: 'unconfirmed', gain: 3 });
    expect(exactGuardRecords(worse)).toMatchObject({
      why: worse.why,
      guards: [{ verdict: 'worse', n: 1, effect: -2.1 }],
    });
    const both = verdictOf(0, []);
    expect(both.why).toMatch(/^not better by .*; inconclusive: .* no value of the guard latency$/);
    expect(exactGuardRecords(both).guards).toEqual([
      { name: 'latency', verdict: 'inconclusive', n: 0 },
    ]);
  });

  test('a rule without guards records none', () => {
    const plain = guardedExactVerdict(RULE, { pair: pair(13, 10), guards: {} }, MAX);
    expect(plain).toEqual({ verdict: 'accepted', gain: 3, guards: [] });
    expect(exactGuardRecords(plain)).toEqual({});
  });
});
