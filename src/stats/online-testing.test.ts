import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  eLondLevel,
  fwerLevel,
  gammaShare,
  levelsFor,
  lordPlusPlusLevel,
  nextIndex,
  poolLevel,
} from './online-testing.ts';

const OUTCOMES = [false, false, true, false, true, false];

function expectClose(levels: readonly number[], expected: readonly number[]): void {
  expect(levels).toHaveLength(expected.length);
  for (const [i, level] of levels.entries()) {
    expect(level / (expected[i] ?? Number.NaN)).toBeCloseTo(1, 7);
  }
}

test('worked example 8: the shares γ_k', () => {
  expectClose(
    [1, 2, 3, 10, 100, 1000, 10000].map(gammaShare),
    [
      0.493275526, 0.130906233, 0.0616594408, 0.00749406366, 2.20334761e-4, 9.92057518e-6,
      5.58684045e-7,
    ],
  );
});

test('worked example 9: levels of six attempts', () => {
  expectClose(
    levelsFor('fwer', 0.05, OUTCOMES),
    [0.0246637763, 0.00654531166, 0.00308297204, 0.00308297204, 0.00182987756, 0.00182987756],
  );
  expectClose(
    levelsFor('e-lond', 0.05, OUTCOMES),
    [0.0246637763, 0.00654531166, 0.00308297204, 0.00365975512, 0.00246070652, 0.00268236664],
  );
  expectClose(
    OUTCOMES.map((_, i) => lordPlusPlusLevel(0.05, OUTCOMES.slice(0, i))),
    [0.0123318882, 0.00327265583, 0.00154148602, 0.0132468269, 0.00388783246, 0.0266523234],
  );
});

test('concurrent attempts take the smallest index neither spent nor in flight', () => {
  expect(nextIndex([], [])).toBe(1);
  expect(nextIndex([1, 3], [2])).toBe(4);
  expect(nextIndex([2], [])).toBe(1);
  // Attempts 1 and 2 in flight, attempt 2 fails: "failed + in flight + 1" would say 3 and, once
  // attempt 1 is promoted, 2 a second time.
  expect(nextIndex([2], [1])).toBe(3);
  expect(nextIndex([2], [])).not.toBe(2);
});

test('however attempts overlap and end, what unpromoted attempts may spend never exceeds α', () => {
  const step = fc.record({ start: fc.boolean(), which: fc.nat(9), promoted: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const spent: number[] = [];
      const inFlight: number[] = [];
      for (const { start, which, promoted } of steps) {
        if (start) inFlight.push(nextIndex(spent, inFlight));
        else {
          const [index] = inFlight.splice(which % Math.max(1, inFlight.length), 1);
          if (index !== undefined && !promoted) spent.push(index);
        }
      }
      const charged = [...spent, ...inFlight];
      expect(new Set(charged).size).toBe(charged.length);
      const total = charged.reduce((sum, k) => sum + fwerLevel(0.05, k), 0);
      expect(total).toBeLessThanOrEqual(0.05);
    }),
  );
});

test('sequential levels agree with the index rule and with e-LOND one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (outcomes) => {
      const spent: number[] = [];
      const expected = outcomes.map((promoted) => {
        const k = nextIndex(spent, []);
        if (!promoted) spent.push(k);
        return fwerLevel(0.05, k);
      });
      expect(levelsFor('fwer', 0.05, outcomes)).toEqual(expected);
      levelsFor('e-lond', 0.05, outcomes).forEach((level, i) => {
        const before = outcomes.slice(0, i).filter(Boolean).length;
        expect(level).toBe(eLondLevel(0.05, i + 1, before));
      });
    }),
  );
});

test('levels of a shared pool: γ of the attempt, halved per bit, over the transcripts there could be', () => {
  expect(poolLevel(0.05, 1, 0)).toBeCloseTo((0.05 * gammaShare(1)) / 2, 15);
  expect(poolLevel(0.05, 7, 0)).toBeCloseTo((0.05 * gammaShare(7)) / 2, 15);
  // C(6, 2) = 15.
  expect(poolLevel(0.05, 7, 2)).toBeCloseTo((0.05 * gammaShare(7)) / 8 / 15, 15);
});

test('over all transcripts of an attempt the levels of a shared pool sum to less than α·γ', () => {
  for (const t of [1, 2, 5, 20]) {
    const choose = (n: number, k: number): number =>
      k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
    const sum = Array.from({ length: t }, (_, d) => choose(t - 1, d) * poolLevel(0.05, t, d));
    expect(sum.reduce((a, b) => a + b)).toBeLessThan(0.05 * gammaShare(t));
  }
});
