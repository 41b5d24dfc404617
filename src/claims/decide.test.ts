import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logEValues } from '../stats/e-process.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { fwerLevel } from '../stats/online-testing.ts';
import { type Attempt, confirmSpec, confirmVerdict, gainBlock, maxPairs } from './decide.ts';
import { forTest } from './pairs.ts';
import { defaultRule, type SampledRule } from './rule.ts';

const RULE = defaultRule();
const ATTEMPT: Attempt = {
  level: fwerLevel(0.05, 1),
  spec: { method: 'symmetric', scale: 1, margin: 0 },
};
const ZERO_FLOOR = noiseFloor(Array(12).fill(5));
const FLOOR = noiseFloor([10.2, 10.5, 9.8, 10.1, 10.7, 10.0, 10.4, 9.9, 10.3, 10.6, 10.1, 9.7]);

test('worked example 10: the most pairs an attempt may use', () => {
  const caps = [1, 2, 3, 10, 100, 1000].map((k) => maxPairs(RULE, fwerLevel(0.05, k)));
  expect(caps).toEqual([30, 38, 42, 54, 74, 92]);
});

test('smaller effects and declared ranges buy more pairs, larger effects no fewer', () => {
  const level = fwerLevel(0.05, 1);
  expect(maxPairs(defaultRule({ smallestEffect: 1 }), level)).toBe(118);
  expect(maxPairs(defaultRule({ smallestEffect: 4 }), level)).toBe(30);
  expect(maxPairs(defaultRule({ method: 'bounded', bound: 1 }), level)).toBe(59);
});

test('the cap always leaves room for the level to be reached', () => {
  const methods = [RULE, defaultRule({ method: 'passfail' })];
  for (const rule of methods) {
    for (const k of [1, 10, 1e5]) {
      const attempt = { level: fwerLevel(0.05, k), spec: confirmSpec(rule, FLOOR) };
      const wins = Array(maxPairs(rule, attempt.level)).fill(1);
      expect(confirmVerdict(rule, attempt, wins).verdict).toBe('accepted');
    }
  }
});

test('the first decisive pair decides, and what came after it does not count', () => {
  const wins = Array(7).fill(3);
  const accepted = confirmVerdict(RULE, ATTEMPT, wins);
  expect(accepted).toMatchObject({ verdict: 'accepted', take: 0 });
  expect(confirmVerdict(RULE, ATTEMPT, [...wins, -99, -99])).toEqual(accepted);
  expect(confirmVerdict(RULE, ATTEMPT, wins.slice(0, accepted.n - 1)).verdict).toBe('more');
});

test('under t-mixture, whose worst value no unit bounds, a failure of either side ends the attempt', () => {
  const rule = defaultRule({ method: 't-mixture' });
  const attempt = { ...ATTEMPT, spec: confirmSpec(rule, FLOOR) };
  // Bytes: a fixed penalty of a million would be next to nothing, and a candidate that crashes in
  // every third pair was accepted.
  const bytes = [1e9, 1.2e9, 1.1e9, 1.3e9, 1e9, 1.2e9, 1.1e9, 1.3e9, 1e9];
  expect(confirmVerdict(rule, attempt, bytes).verdict).toBe('accepted');
  for (const failure of [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]) {
    const found = confirmVerdict(rule, attempt, bytes.with(2, failure));
    expect(found).toMatchObject({ verdict: 'unconfirmed', n: 3 });
  }
  expect(confirmVerdict(rule, attempt, bytes.with(2, Number.NaN)).n).toBeGreaterThan(3);
});

test('a pair that the method was promised not to see ends the attempt, and says so', () => {
  const verdictOf = (rule: SampledRule, differences: readonly number[]) =>
    confirmVerdict(rule, { ...ATTEMPT, spec: confirmSpec(rule, FLOOR) }, differences);
  const bounded = defaultRule({ method: 'bounded', bound: 2 });
  expect(verdictOf(bounded, [1, -2.5, 1])).toMatchObject({
    verdict: 'unconfirmed',
    n: 2,
    why: 'pair 2 differs by 2.5, more than the bound of 2',
  });
  expect(verdictOf(bounded, [1, -2]).why).toBeUndefined();
  expect(verdictOf(defaultRule({ method: 'passfail' }), [7]).why).toBe(
    'pair 1 differs by 7, which no pass and failure can under method passfail',
  );
  expect(verdictOf(defaultRule({ method: 't-mixture' }), [Number.NEGATIVE_INFINITY]).why).toBe(
    'pair 1 was scored on one side only, which method t-mixture has no place for',
  );
});

test('evidence against ends the attempt from the fourth pair on', () => {
  expect(confirmVerdict(RULE, ATTEMPT, [-1, -1, -1]).verdict).toBe('more');
  expect(confirmVerdict(RULE, ATTEMPT, [-1, -1, -1, -1])).toMatchObject({
    verdict: 'unconfirmed',
    n: 4,
  });
});

test('a level out of reach ends the attempt before the cap', () => {
  const ties = Array(30).fill(0);
  const verdict = confirmVerdict(RULE, ATTEMPT, ties);
  expect(verdict).toMatchObject({ verdict: 'unconfirmed', logE: 0 });
  // log(40.5) / log(1.95) = 5.5: with five pairs left even five full wins are too few.
  expect(verdict.n).toBe(25);
});

const anyDifference = fc.double({ min: -5, max: 6, noNaN: true });

test('asking for what it takes always ends, within the cap, the same however it is batched', () => {
  fc.assert(
    fc.property(fc.array(anyDifference, { minLength: 30, maxLength: 30 }), (stream) => {
      let asked = 0;
      let verdict = confirmVerdict(RULE, ATTEMPT, []);
      while (verdict.verdict === 'more') {
        expect(verdict.take).toBeGreaterThan(0);
        asked += verdict.take;
        expect(asked).toBeLessThanOrEqual(maxPairs(RULE, ATTEMPT.level));
        verdict = confirmVerdict(RULE, ATTEMPT, stream.slice(0, asked));
      }
      expect(confirmVerdict(RULE, ATTEMPT, stream)).toEqual(verdict);
    }),
  );
});

test('the scale comes from the floor, else from the first scored pair', () => {
  const margin = defaultRule({ minEffect: 0.5 });
  expect(confirmSpec(RULE, FLOOR, [7])).toMatchObject({ scale: FLOOR.confirmScale });
  expect(confirmSpec(RULE, ZERO_FLOOR, [Number.NaN, 7, 3])).toMatchObject({ scale: 7 });
  expect(confirmSpec(RULE, ZERO_FLOOR, [-7])).toMatchObject({ scale: 7 });
  expect(confirmSpec(margin, ZERO_FLOOR, [-7])).toMatchObject({ scale: 7.5, margin: 0.5 });
  expect(confirmSpec(RULE, ZERO_FLOOR)).toMatchObject({ scale: 0 });
});

test('pass/fail with a margin is a bounded difference', () => {
  expect(confirmSpec(defaultRule({ method: 'passfail' }), FLOOR)).toEqual({
    method: 'passfail',
    a: 1,
  });
  const rule = defaultRule({ method: 'passfail', minEffect: 0.1 });
  expect(confirmSpec(rule, FLOOR)).toEqual({ method: 'bounded', bound: 1, margin: 0.1 });
});

test('the gain block reports the interval and what a reader must know beside it', () => {
  const clear = gainBlock([1, 1.2, 0.9, 1.1, 1, 0.8, 1.3, 1.05, 0.95, 1.15, 1.02, 0.98]);
  expect(clear).toMatchObject({ n: 12, level: 0.95, shareLost: 0, notes: [] });
  expect(gainBlock([1, -1.5, 2, 0.2]).notes).toEqual([
    'gain not yet precise',
    '1 of 4 pairs lost, the worst by 1.5',
  ]);
  const trap = gainBlock([...Array.from({ length: 19 }, (_, i) => 0.3 + i / 1000), -20]);
  expect(trap.notes).toContain('inconclusive: rare large losses');
  expect(trap.notes.join()).toMatch(/heavy tails: median gain 0\.308 \[0\.304, 0\.313\]/);
  expect(gainBlock([1, 1.1, 0.9, 1], 0.95).notes).toContain('gain not yet precise');
});

test('evidence after n pairs is the same whatever comes after them, where no scale is known too', () => {
  const difference = fc.constantFrom(0, 0.5, -0.5, 3, -3, Infinity, -Infinity, Number.NaN);
  fc.assert(
    fc.property(fc.array(difference, { minLength: 1, maxLength: 12 }), (pairs) => {
      const evidence = (known: readonly number[]): number => {
        const spec = confirmSpec(RULE, ZERO_FLOOR, known);
        return confirmVerdict(RULE, { level: 1e-9, spec }, known).logE;
      };
      const verdicts = pairs.map((_, i) => evidence(pairs.slice(0, i + 1)));
      const spec = confirmSpec(RULE, ZERO_FLOOR, pairs);
      const path = logEValues(
        spec,
        pairs.map((one) => forTest(spec, one)),
      );
      // A verdict that fell earlier stands.
      verdicts.forEach((logE, i) => {
        if (verdicts[i - 1] !== logE) expect(path[i]).toBeCloseTo(logE, 12);
      });
    }),
  );
});

test('a failure before any scale is known does not set one: what follows still counts', () => {
  const pairs = [0, Number.NEGATIVE_INFINITY, ...Array(20).fill(1)];
  const spec = confirmSpec(RULE, ZERO_FLOOR, pairs);
  expect(confirmVerdict(RULE, { level: ATTEMPT.level, spec }, pairs).verdict).toBe('accepted');
});
