import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { guardedVerdict } from './guarded.ts';
import { exactGuardFinding, type GuardRule, guardChanges, guardFinding } from './guards.ts';
import { defaultRule } from './rule.ts';

const LATENCY: GuardRule = { name: 'latency', goal: 'min', unit: 'ms', margin: 2 };
const ATTEMPT = { level: 0.0247, limit: 30 };

function changes(mean: number, n = 30, seed = 'guards'): number[] {
  const rng = publicRoot(seed).stream(0, 'changes');
  return Array.from({ length: n }, () => mean + rng.normal());
}

describe('the changes of a guard', () => {
  const pair = (objective: readonly (number | null)[], guard: readonly (number | null)[]) => ({
    objective: { values: [objective[0] ?? null], againstValues: [objective[1] ?? null] },
    guard: { values: [guard[0] ?? null], againstValues: [guard[1] ?? null] },
  });

  test('are oriented by its own goal', () => {
    expect(guardChanges(pair([9, 1], [3, 5]), 'min')).toEqual([2]);
    expect(guardChanges(pair([9, 1], [3, 5]), 'max')).toEqual([-2]);
  });

  test('a missing value is unknown, a failed candidate the worst, a failed incumbent nothing', () => {
    expect(guardChanges(pair([9, 1], [null, 5]), 'min')).toEqual([null]);
    expect(guardChanges(pair([9, 1], [3, null]), 'min')).toEqual([null]);
    expect(guardChanges(pair([null, 1], [null, 5]), 'min')).toEqual([Number.NEGATIVE_INFINITY]);
    expect(guardChanges(pair([9, null], [3, null]), 'min')).toEqual([Number.NaN]);
    expect(guardChanges(pair([null, null], [null, null]), 'min')).toEqual([Number.NaN]);
  });
});

describe('a guard', () => {
  test('passes where nothing changed, and is shown worse where it is', () => {
    expect(guardFinding(LATENCY, ATTEMPT, changes(0))).toMatchObject({ verdict: 'passed' });
    expect(guardFinding(LATENCY, ATTEMPT, changes(-5))).toMatchObject({
      verdict: 'worse',
      why: 'guard latency is worse by more than its margin of 2 ms',
    });
  });

  test('exactly at its margin stays inconclusive by n_max, and is named', () => {
    const finding = guardFinding(LATENCY, ATTEMPT, changes(-2));
    expect(finding).toMatchObject({ verdict: 'inconclusive', why: 'inconclusive: guard latency' });
    expect(finding.n).toBeLessThanOrEqual(ATTEMPT.limit);
  });

  test('worse by exactly its margin passes no more often than its level allows', () => {
    const passed = Array.from({ length: 400 }, (_, i) =>
      guardFinding(LATENCY, ATTEMPT, changes(-2, 30, `null ${i}`)),
    ).filter(({ verdict }) => verdict === 'passed');
    expect(passed.length).toBeLessThanOrEqual(18);
  });

  test('one unknown value ends it, however good the others are', () => {
    const some = [...changes(9, 3), null, ...changes(9, 20)];
    expect(guardFinding(LATENCY, ATTEMPT, some)).toMatchObject({
      verdict: 'inconclusive',
      n: 4,
      why: 'inconclusive: guard latency has no value in pair 4',
    });
  });

  test('pairs from which nothing is learnt are no evidence, and failures speak against it', () => {
    const nothing = guardFinding(LATENCY, ATTEMPT, Array(12).fill(Number.NaN));
    expect(nothing).toMatchObject({ verdict: 'open', logE: 0 });
    const failed = guardFinding(LATENCY, ATTEMPT, Array(30).fill(Number.NEGATIVE_INFINITY));
    expect(failed.verdict).toBe('worse');
  });

  test('with a bound is tested on its mean, and a larger difference breaks the promise', () => {
    const bounded = { ...LATENCY, margin: 0.3, bound: 1 };
    const none = Array(30).fill(0);
    expect(guardFinding(bounded, ATTEMPT, none)).toMatchObject({
      verdict: 'passed',
      spec: { method: 'bounded', bound: 1, margin: -0.3 },
    });
    expect(guardFinding(bounded, ATTEMPT, [0, -1.5])).toMatchObject({
      verdict: 'inconclusive',
      n: 2,
    });
  });

  test('in an exact study a loss equal to the margin passes, one beyond it is named', () => {
    expect(exactGuardFinding(LATENCY, [-2])).toMatchObject({ verdict: 'passed', effect: -2 });
    expect(exactGuardFinding(LATENCY, [-2.1])).toMatchObject({ verdict: 'worse' });
    expect(exactGuardFinding(LATENCY, [null])).toMatchObject({ verdict: 'inconclusive' });
    expect(exactGuardFinding(LATENCY, [])).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('objective and guards together', () => {
  const rule = defaultRule({ guards: [LATENCY] });
  const attempt = { level: 0.0247, spec: { method: 'symmetric', scale: 1, margin: 0 } } as const;
  const verdictOn = (differences: readonly number[], latency: readonly (number | null)[]) =>
    guardedVerdict(rule, attempt, { differences, guards: { latency } });

  test('more pairs are asked for until the slower test is decided', () => {
    const slow = [...Array(8).fill(-2), ...changes(6, 22)];
    const early = verdictOn(Array(10).fill(3), slow.slice(0, 10));
    expect(early).toMatchObject({ verdict: 'more', n: 10 });
    expect(early.take).toBeGreaterThan(0);
    const late = verdictOn(Array(30).fill(3), slow);
    expect(late.verdict).toBe('accepted');
    expect(late.n).toBeGreaterThan(late.objectiveAt);
    expect(late.logE).toBeGreaterThan(Math.log(1 / attempt.level));
  });

  test('whatever fails first ends the attempt; later pairs change nothing', () => {
    const worse = verdictOn(Array(30).fill(3), changes(-9));
    expect(worse).toMatchObject({ verdict: 'unconfirmed' });
    expect(worse.why).toMatch(/guard latency is worse/);
    const again = verdictOn(Array(worse.n).fill(3), changes(-9).slice(0, worse.n));
    expect(again).toEqual(worse);
    const futile = verdictOn(Array(30).fill(-3), changes(0));
    expect(futile).toMatchObject({ verdict: 'unconfirmed', n: 4 });
    expect(futile).not.toHaveProperty('why');
    expect(futile.guards[0]?.verdict).toBe('open');
  });
});

test.each([
  [{ ...LATENCY, margin: 0 }, /margin of guard latency is 0/],
  [{ ...LATENCY, margin: -1 }, /give a size/],
  [{ ...LATENCY, bound: 1 }, /bound of guard latency must be above/],
])('a guard that could not be tested is refused', (guard, says) => {
  expect(() => defaultRule({ guards: [guard] })).toThrow(says);
});

test('two guards of one name are refused', () => {
  expect(() => defaultRule({ guards: [LATENCY, LATENCY] })).toThrow(/Two guards are named latency/);
});
