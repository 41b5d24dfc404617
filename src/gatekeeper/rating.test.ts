import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialAtMost } from '../stats/binomial.ts';
import { rate, type TrapEnd, WINDOW, wantsRecalibration } from './rating.ts';

const PRIOR = { traps: 150, caught: 150, honest: 150, refused: 0 };

function ends(is: TrapEnd['is'], right: number, wrong = 0): readonly TrapEnd[] {
  const of = (count: number, isRight: boolean) =>
    Array.from({ length: count }, () => ({ is, isRight }));
  return [...of(right, true), ...of(wrong, false)];
}

test('before any trap the qualification stands', () => {
  expect(rate(PRIOR, [])).toMatchObject({ traps: 150, caught: 150, frozen: false });
});

test('traps push the qualification out of the window, and in the end it is theirs alone', () => {
  expect(rate(PRIOR, ends('cheat', 100))).toMatchObject({ traps: WINDOW, caught: WINDOW });
  const old = { ...PRIOR, caught: 140 };
  expect(rate(old, ends('cheat', WINDOW))).toMatchObject({
    traps: WINDOW,
    caught: WINDOW,
    frozen: false,
  });
  expect(rate(old, ends('cheat', 300)).live.traps).toBe(WINDOW);
});

test('misses of the qualification stay in proportion, rounded against it', () => {
  const one = { ...PRIOR, caught: 149 };
  expect(rate(one, ends('cheat', 199))).toMatchObject({ traps: 200, caught: 199 });
});

test('planted: four misses of two hundred freeze, three do not', () => {
  expect(rate(PRIOR, ends('cheat', 197, 3)).frozen).toBe(false);
  expect(rate(PRIOR, ends('cheat', 196, 4)).frozen).toBe(true);
});

test('planted: a gate that misses its first two traps freezes, whatever its qualification says', () => {
  const large = { ...PRIOR, traps: 199, caught: 199 };
  expect(rate(large, ends('cheat', 0, 2))).toMatchObject({ frozen: true });
  expect(rate(large, ends('cheat', 0, 2)).recallLower).toBeGreaterThan(0.95);
  expect(rate(large, ends('cheat', 0, 1)).frozen).toBe(false);
});

test('honest controls freeze nothing: they ask for other thresholds', () => {
  const rating = rate(PRIOR, ends('honest', 40, 10));
  expect(rating).toMatchObject({ honest: 200, refused: 10, frozen: false });
  expect(wantsRecalibration(rating)).toBe(true);
  expect(wantsRecalibration(rate(PRIOR, ends('honest', 50)))).toBe(false);
});

test('one more miss never makes a gate better', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 150 }), fc.nat(149), (given, at) => {
      const of = (all: readonly boolean[]) =>
        rate(
          PRIOR,
          all.map((isRight) => ({ is: 'cheat', isRight })),
        );
      const worse = given.map((isRight, i) => isRight && i !== at);
      const [now, then] = [of(given), of(worse)];
      expect(then.recallLower).toBeLessThanOrEqual(now.recallLower);
      expect(now.frozen && !then.frozen).toBe(false);
    }),
  );
});

test('the tail of a binomial is exact', () => {
  expect(binomialAtMost(0, 2, 0.95)).toBeCloseTo(0.0025, 12);
  expect(binomialAtMost(1, 3, 0.5)).toBeCloseTo(0.5, 12);
  expect(binomialAtMost(3, 3, 0.5)).toBe(1);
  expect(binomialAtMost(-1, 3, 0.5)).toBe(0);
});
