/** Claims at their limits: values that count on either side of a bound. */
import { describe, expect, test } from 'vitest';
import { noiseFloor } from '../stats/noise-floor.ts';
import { boundedReach } from './bounded-reach.ts';
import { confirmVerdict, gainBlock, stoppedMean } from './decide.ts';
import { divergenceOf } from './divergence.ts';
import { auditEvaluator } from './evaluator-audit.ts';
import { guardFinding, guardSpec, worseWords } from './guards.ts';
import { gapBetween } from './holdout.ts';
import { judgeKeeps } from './observe.ts';
import { type ObservedRow, observedNoise } from './observed-noise.ts';
import { brokenPromise, forTest, isOnFreshCases, pairDifferences, pairEvals } from './pairs.ts';
import { askedCases, canConfirm } from './pool.ts';
import { defaultRule } from './rule.ts';

const LATENCY = { name: 'latency', goal: 'min', unit: 'ms', margin: 2 } as const;

describe('pairs', () => {
  test('a value that was not recorded is none; evaluations count every run of both sides', () => {
    const [missing] = pairDifferences({ values: [1], againstValues: [] }, { goal: 'max' });
    expect(missing).toBe(Number.POSITIVE_INFINITY);
    expect(pairEvals({ values: [1, 2] })).toBe(2);
    expect(pairEvals({ values: [1, 2], againstValues: [1] })).toBe(3);
    const runs = [[1, 2, 3]];
    const told = { claimed: [1], againstClaimed: [1, 1] };
    expect(pairEvals({ values: [1], againstValues: [1], runs, againstRuns: runs, ...told })).toBe(
      9,
    );
  });

  test('training cases are the baseline and what is measured again', () => {
    const purposes = ['baseline', 'remeasure', 'confirm', 'block'] as const;
    expect(purposes.map((purpose) => isOnFreshCases({ purpose } as never))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('a failure is the worst that the method can see', () => {
    const worst = (spec: object) => forTest(spec as never, Number.NEGATIVE_INFINITY);
    expect(worst({ method: 'bounded', bound: 3, margin: 0 })).toBe(-3);
    expect(worst({ method: 'symmetric', scale: 2, margin: 0 })).toBe(-2e6);
    expect(worst({ method: 'symmetric', scale: 0, margin: 0 })).toBe(Number.NEGATIVE_INFINITY);
    expect(worst({ method: 'passfail', a: 1 })).toBe(-1e6);
    expect(forTest({ method: 'passfail', a: 1 }, Number.NaN)).toBe(0);
    expect(forTest({ method: 'passfail', a: 1 }, 0.5)).toBe(0.5);
  });

  test('a promise is kept up to the bound itself', () => {
    const bounded = { method: 'bounded', bound: 2, margin: 0 } as const;
    expect(brokenPromise(bounded, -2)).toBeUndefined();
    expect(brokenPromise(bounded, -2.1)).toMatch(/^differs by 2\.1/);
    expect(brokenPromise({ method: 'passfail', a: 1 }, -1)).toBeUndefined();
    expect(brokenPromise({ method: 'symmetric', scale: 1, margin: 0 }, 99)).toBeUndefined();
    expect(brokenPromise(bounded, Number.NEGATIVE_INFINITY)).toBeUndefined();
  });
});

describe('a confirm', () => {
  const rule = defaultRule();
  const attempt = { level: 0.0247, spec: { method: 'symmetric', scale: 1, margin: 0 } } as const;

  test('asks for few pairs at a time, for a quarter of many, and never for more than are left', () => {
    expect(confirmVerdict(rule, attempt, []).take).toBe(4);
    const doubtful = Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? -1 : 1));
    const many = confirmVerdict(defaultRule({ smallestEffect: 1 }), attempt, doubtful);
    expect(many).toMatchObject({ verdict: 'more', n: 20, take: 5 });
    // Two full wins, of log 1.95 each, are missing.
    const nearly = confirmVerdict(rule, attempt, Array(5).fill(9));
    expect(nearly).toMatchObject({ verdict: 'more', take: 2 });
  });

  test('that stopped has the mean of what was scored, and 0 of nothing', () => {
    expect(stoppedMean([1, Number.NaN, 3])).toBe(2);
    expect(stoppedMean([Number.NEGATIVE_INFINITY])).toBe(0);
  });

  test('whose block has fewer than two scored pairs reports no size', () => {
    expect(gainBlock([7, Number.NaN])).toEqual({
      mean: 0,
      lower: 0,
      upper: 0,
      sd: 0,
      median: 0,
      shareLost: 0,
      worst: 0,
      n: 1,
      level: 0.95,
      notes: ['inconclusive: 1 of 2 pairs without a score'],
    });
  });
});

describe('guards', () => {
  const attempt = { level: 0.0247, limit: 30 };

  test('ask for four pairs at least, never past the limit', () => {
    expect(guardFinding(LATENCY, attempt, [])).toMatchObject({ verdict: 'open', n: 0, take: 6 });
    const nearly = guardFinding(LATENCY, attempt, [1, 1, 1, 1]);
    expect(nearly).toMatchObject({ verdict: 'open', n: 4, take: 4 });
    expect(guardFinding(LATENCY, { ...attempt, limit: 7 }, [1, 1, 1, 1]).take).toBe(3);
  });

  test('say which pair went beyond the bound', () => {
    const bounded = { ...LATENCY, bound: 3 };
    expect(guardFinding(bounded, attempt, [0, -3.5]).why).toBe(
      'inconclusive: guard latency changed by more than its bound',
    );
  });

  test('take the scale from the first change that is known, or from the margin', () => {
    expect(guardSpec(LATENCY, [Number.NaN, null, 3])).toMatchObject({ scale: 5, margin: -2 });
    expect(guardSpec(LATENCY, [-2])).toMatchObject({ scale: 2 });
    expect(guardSpec(LATENCY, [])).toMatchObject({ scale: 2 });
    expect(worseWords({ ...LATENCY, unit: '' })).toMatch(/margin of 2$/);
  });
});

test('the error of a gap is that of both sides together, and rounding is of the larger', () => {
  const gap = gapBetween({ mean: 5, sd: 3, n: 9 }, { mean: 2, sd: 4, n: 4 });
  expect(gap.gap).toBe(3);
  expect(gap.error).toBeCloseTo(Math.sqrt(1 + 4), 12);
  const size = { sd: 0, n: 2 };
  const small = gapBetween({ ...size, mean: 0 }, { ...size, mean: 0.5 }).rounding;
  expect(gapBetween({ ...size, mean: 0 }, { ...size, mean: -1000 }).rounding).toBeCloseTo(
    1000 * small,
    12,
  );
});

describe('divergence', () => {
  const spec = { alpha: 0.05, gapScale: 1, gapMargin: 0 };
  const gamed = Array<{ gaps: number[] }>(12).fill({ gaps: [9, 9, 9] });

  test('names the look at which E first reached 1/α, counted from 1', () => {
    const { path, level, divergedAt = Number.NaN } = divergenceOf(gamed, spec);
    expect(path[divergedAt - 1]).toBeGreaterThanOrEqual(Math.log(1 / level));
    expect(path.slice(0, divergedAt - 1).every((one) => one < Math.log(1 / level))).toBe(true);
    expect(divergedAt).toBeGreaterThan(1);
  });

  test('says which look holds what is no number', () => {
    const looks = [{}, {}, { tells: { toggled: -1, untoggled: 0 } }];
    expect(() => divergenceOf(looks, spec)).toThrow(/from look 3: a number in it is none/);
    expect(() => divergenceOf([], { ...spec, gapMargin: -1 })).toThrow(
      /from this scale and margin/,
    );
    const untoggled = [{ tells: { toggled: 0, untoggled: -1 } }];
    expect(() => divergenceOf(untoggled, spec)).toThrow(/look 1/);
    const negative = [{ impossible: { asked: 0, passed: -1 } }];
    expect(() => divergenceOf(negative, spec)).toThrow(/look 1/);
  });

  test('an honest answer about a canary lowers its part, a touch raises it, silence neither', () => {
    const part = (canary: boolean | undefined) =>
      divergenceOf([canary === undefined ? {} : { canary }], spec).parts.canary;
    expect(part(undefined)).toBeCloseTo(0, 12);
    expect(part(true)).toBeGreaterThan(0);
    expect(part(false)).toBeLessThan(0);
  });
});

describe('the audit of an evaluator', () => {
  const values = [1.2, 0.4, 0.9, -0.3, 0.1, 1.4, -0.8, 0.2, -0.5, 0.7, -0.1, 0.3];
  const noisy = { values, repeats: [], deterministic: false, declaredNoisy: true } as const;

  test('of times a slow start is one that warm-up runs did not take away', () => {
    const times = values.map((value) => Math.exp(value));
    const slow = { ...noisy, values: [Math.exp(9), ...times.slice(1)] };
    const metric = { goal: 'min', kind: 'time' } as const;
    const found = auditEvaluator(slow, metric).find(({ name }) => name === 'warm-up');
    expect(found?.sentence).toMatch(/Raise evaluator\.warmup/);
    expect(auditEvaluator({ ...noisy, values: times }, metric)).toEqual([]);
  });

  test('an outlier among the rest as well is a tail, and no start', () => {
    const names = auditEvaluator(
      { ...noisy, values: [-9, ...values.slice(1, 11), -9] },
      { goal: 'max' },
    );
    expect(names.map(({ name }) => name)).not.toContain('warm-up');
  });

  test('of a range is made only where one is bet on and the noise has a scale', () => {
    const same = { ...noisy, values: Array<number>(12).fill(7), verified: 7 };
    const rule = { method: 'bounded', bound: 300 } as const;
    expect(auditEvaluator(same, { goal: 'max' }, rule)).toEqual([]);
    expect(boundedReach(defaultRule(), noiseFloor(values))).toBeUndefined();
    const elond = auditEvaluator(noisy, { goal: 'max' }, { ...rule, mode: 'e-lond' });
    expect(elond.map(({ name }) => name)).toEqual(['wide bound']);
  });
});

describe('a file of rows that others kept', () => {
  const row = (value: number | undefined, status: ObservedRow['status'] = 'keep'): ObservedRow => ({
    row: 1,
    id: undefined,
    status,
    value,
  });
  const noise = {
    from: 'given',
    sigma: 1,
    df: Number.POSITIVE_INFINITY,
    n: 0,
    heavyTailed: false,
  } as const;
  const judged = (...rows: readonly ObservedRow[]) => judgeKeeps(rows, { noise, alpha: 0.05 });

  test('without a kept value has nothing to compare with', () => {
    const nothing = { baseline: undefined, keeps: [], survivors: 0, tried: 0 };
    expect(judged()).toEqual(nothing);
    expect(judged(row(3, 'discard'), row(undefined))).toEqual(nothing);
  });

  test('each keep says how many were tried since the one before it; crashes are none', () => {
    const { keeps, tried, baseline } = judged(
      { ...row(0), row: 4, id: 'first' },
      row(1, 'discard'),
      row(9, 'crash'),
      row(20),
      row(21, 'discard'),
      row(40),
    );
    expect(baseline).toEqual({ row: 4, id: 'first' });
    expect(keeps.map((keep) => keep.tried)).toEqual([2, 2]);
    expect(keeps.map(({ gain }) => gain)).toEqual([20, 20]);
    expect(tried).toBe(4);
  });

  test('gains count in the scale of the noise, and a difference has √2 times that of one row', () => {
    const of = { ...noise, sigma: 2 };
    const { keeps } = judgeKeeps([row(0), row(4)], { noise: of, alpha: 0.05 });
    expect(keeps[0]).toMatchObject({ gain: 4, sigmas: 2 });
    // One-sided normal tail at √2.
    expect(keeps[0]?.p).toBeCloseTo(0.0786, 4);
  });

  test('six scales are a heavy tail, five are none, whatever the unit', () => {
    const discards = (unit: number, jump: number) =>
      Array.from({ length: 60 }, (_, i) => row(unit * (i === 30 ? jump : i % 2), 'discard'));
    for (const unit of [0.01, 100]) {
      const tails = [4, 40].map((jump) => observedNoise(discards(unit, jump), undefined));
      expect(tails).toMatchObject([{ heavyTailed: false }, { heavyTailed: true }]);
    }
  });

  test('a given scale is taken as it is', () => {
    expect(observedNoise([], 2)).toEqual({ ...noise, sigma: 2 });
  });

  test('repeats that all agree are no scatter, and crashes are no repeats', () => {
    const repeat = (value: number, status: ObservedRow['status'] = 'discard') => ({
      ...row(value, status),
      id: 'a1',
    });
    expect(observedNoise(Array<ObservedRow>(6).fill(repeat(3)), undefined)).toBe('no-scatter');
    const crashed = [1, 2, 3, 4, 5, 6].map((value) => repeat(value, 'crash'));
    expect(observedNoise(crashed, undefined)).toBe('too-few');
    const two = [1, 2, 3, 4, 5, 6].flatMap((value) => [
      repeat(value),
      { ...repeat(100 + value), id: 'b2' },
    ]);
    const found = observedNoise(two, undefined);
    expect(found).toMatchObject({ from: 'repeats', df: 10, n: 10, heavyTailed: false });
    expect((found as { sigma: number }).sigma ** 2).toBeCloseTo(3.5, 9);
  });
});

describe('pools', () => {
  const rule = defaultRule();
  const state = { drawn: 0, compared: 0, next: [{ level: 0.05, acceptedBefore: 0 }] };

  test('never promise fewer cases than none', () => {
    expect(askedCases({ cases: 100, compared: 64 })).toBe(0);
  });

  test('are judged by the arm that needs most', () => {
    const blocks = { cases: 55, use: 'blocks', asked: 0 } as const;
    const harder = { level: 0.001, acceptedBefore: 0 };
    expect(canConfirm(rule, blocks, state)).toBe(true);
    expect(canConfirm(rule, blocks, { ...state, next: [...state.next, harder] })).toBe(false);
  });

  test('in bits stop after ten yes, and where no case is left for the gain', () => {
    const pool = { cases: 112, use: 'bit', asked: 100 } as const;
    const fits = (acceptedBefore: number, drawn = 0) =>
      canConfirm(rule, pool, { ...state, drawn, next: [{ level: 0.05, acceptedBefore }] });
    expect([fits(9), fits(10), fits(0, 1)]).toEqual([true, false, false]);
  });
});
