/** How often a pool of cases promotes what is no better, with the levels of bits and without. */
import { expect, test } from 'vitest';
import { publicRoot, type Rng } from '../core/rng.ts';
import type { EProcessSpec } from '../stats/e-process.ts';
import { bitLevel, poolVerdict } from './pool.ts';
import { defaultRule } from './rule.ts';

const RULE = defaultRule();
const ALPHA = 0.05;
const METRIC = { goal: 'max' } as const;
const SPEC: EProcessSpec = { method: 'symmetric', scale: Math.SQRT2, margin: 0 };
const CASES = 20;

/** The level of the next attempt, after so many before it and so many yes. */
type Level = (attempt: number, accepted: number) => number;

/** Candidates that are no better than the origin, all on the same cases: is any ever promoted? */
function isAnyPromoted(level: Level, rng: Rng): boolean {
  const draw = (): number[] => Array.from({ length: CASES }, () => rng.normal());
  const againstValues = draw();
  for (let attempt = 1; attempt <= 200; attempt++) {
    const test = { level: level(attempt, 0), spec: SPEC };
    if (poolVerdict(test, { values: draw(), againstValues }, METRIC) === 'accepted') return true;
  }
  return false;
}

function rateOf(level: Level): number {
  const studies = 200;
  const root = publicRoot('pool');
  const bad = Array.from({ length: studies }, (_, i) => isAnyPromoted(level, root.stream(i, 'a')));
  return bad.filter(Boolean).length / studies;
}

test('200 candidates that are no better, one pool: 5 % with the levels of bits, far more without', () => {
  const paid = rateOf((attempt, acceptedBefore) => bitLevel(RULE, { attempt, acceptedBefore }));
  expect(paid).toBeLessThanOrEqual(ALPHA + 2 * Math.sqrt((ALPHA * (1 - ALPHA)) / 200));
  const unpaid = rateOf(() => ALPHA);
  expect(unpaid).toBeGreaterThan(2.4 * ALPHA);
});
