import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import type { EProcessSpec } from '../stats/e-process.ts';
import { fwerLevel } from '../stats/online-testing.ts';
import { mean } from '../stats/summary.ts';
import { askedCases, bitLevel, canConfirm, poolVerdict } from './pool.ts';
import { defaultRule } from './rule.ts';

const RULE = defaultRule();
const ALPHA = 0.05;
const METRIC = { goal: 'max' } as const;
const SPEC: EProcessSpec = { method: 'symmetric', scale: Math.SQRT2, margin: 0 };
const CASES = 20;

test('told its score on the pool, a climber that is no better ends far above it', () => {
  const rng = publicRoot('pool').stream(0, 'climber');
  const worth = Array.from({ length: CASES }, () => rng.normal());
  // Each proposal moves what it does on some cases; the truth of each is 0.
  let best = worth;
  for (let i = 0; i < 300; i++) {
    const next = best.map((one) => (rng.int(20) === 0 ? rng.normal() : one));
    if (mean(next) > mean(best)) best = next;
  }
  expect(mean(best) - mean(worth)).toBeGreaterThan(0.3);
});

test('the verdict is of the last K, in either direction, whatever K was on the way', () => {
  const zeros = Array.from({ length: 40 }, () => 0);
  const rises = zeros.map((_, i) => (i < 20 ? 2 : -2));
  const asked = { level: ALPHA, spec: SPEC };
  const pairs = (values: readonly (number | null)[]) => ({ values, againstValues: zeros });
  expect(poolVerdict(asked, pairs(rises), METRIC)).toBe('unconfirmed');
  expect(poolVerdict(asked, pairs(rises.slice(0, 20)), METRIC)).toBe('accepted');
  expect(poolVerdict(asked, pairs(zeros.map(() => null)), METRIC)).toBe('unconfirmed');
  expect(poolVerdict(asked, pairs(zeros.map(() => -2)), { goal: 'min' })).toBe('accepted');
  const bounded: EProcessSpec = { method: 'bounded', bound: 1, margin: 0 };
  const beyond = pairs(zeros.map(() => 1.5));
  expect(poolVerdict({ level: ALPHA, spec: bounded }, beyond, METRIC)).toBe('unconfirmed');
});

test('an attempt begins only where it, its gain and the comparisons fit', () => {
  const next = [{ level: fwerLevel(ALPHA, 1), acceptedBefore: 0 }];
  const blocks = { cases: 200, use: 'blocks', asked: 0 } as const;
  // 30 pairs at most, as many for the gain, 64 for two comparisons.
  expect(canConfirm(RULE, blocks, { drawn: 76, compared: 64, next })).toBe(true);
  expect(canConfirm(RULE, blocks, { drawn: 77, compared: 64, next })).toBe(false);
});

test('in bits: while the pool bears the next level, ten yes at most, and a gain can be measured', () => {
  const asked = askedCases({ cases: 400, compared: 64 });
  expect(asked).toBe(400 - 10 * 12 - 64);
  const pool = { cases: 400, use: 'bit', asked } as const;
  const at = (attempt: number, acceptedBefore: number) => ({
    level: bitLevel(RULE, { attempt, acceptedBefore }),
    acceptedBefore,
  });
  const state = { drawn: 0, compared: 64 };
  expect(canConfirm(RULE, pool, { ...state, next: [at(1, 0)] })).toBe(true);
  expect(canConfirm(RULE, pool, { ...state, drawn: 109, next: [at(1, 0)] })).toBe(false);
  expect(canConfirm(RULE, pool, { ...state, next: [at(1, 0), at(12, 10)] })).toBe(false);
  expect(canConfirm(RULE, { ...pool, asked: 30 }, { ...state, next: [at(1, 0)] })).toBe(false);
});
