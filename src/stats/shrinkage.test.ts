import { expect, test } from 'vitest';
import { betweenVariance, shrunkenRanks } from './shrinkage.ts';

const NOISE = 1;

test('the truths differ by what the means differ beyond their noise', () => {
  const once = [0, 2].map((mean) => ({ mean, n: 1 }));
  expect(betweenVariance(once, NOISE)).toBeCloseTo(1, 12);
  expect(
    betweenVariance(
      [0, 1].map((mean) => ({ mean, n: 1 })),
      NOISE,
    ),
  ).toBe(0);
  expect(betweenVariance([{ mean: 5, n: 1 }], NOISE)).toBe(0);
  const unequal = [
    { mean: 0, n: 1 },
    { mean: 3, n: 4 },
  ];
  expect(betweenVariance(unequal, NOISE)).toBeCloseTo(4.5 - (1 + 1 / 4) / 2, 12);
});

test('a gain over the mean of all counts by its weight n/(n + s²/τ²)', () => {
  const estimates = [
    { mean: 4, n: 1 },
    { mean: 3, n: 12 },
    { mean: -1, n: 1 },
  ];
  const between = betweenVariance(estimates, NOISE);
  const ranks = shrunkenRanks(estimates, NOISE);
  const shrunken = estimates.map(({ mean, n }) => 2 + ((mean - 2) * n) / (n + NOISE / between));
  expect(ranks.map((rank) => 2 + rank * between)).toEqual(
    shrunken.map((one) => expect.closeTo(one)),
  );
});

test('one lucky evaluation does not lead', () => {
  const noisy = [
    { mean: 1.3, n: 1 },
    { mean: 1.1, n: 12 },
    { mean: 0, n: 12 },
    { mean: -0.2, n: 12 },
  ];
  const [lucky = 0, known = 0] = shrunkenRanks(noisy, NOISE);
  expect(lucky).toBeLessThan(known);
  const [first = 0, second = 0] = shrunkenRanks(noisy, 0);
  expect([first, second]).toEqual([1.3, 1.1]);
});

test('where the means differ by no more than noise there is still an order', () => {
  const alike = [
    { mean: 0.2, n: 1 },
    { mean: 0.1, n: 12 },
    { mean: -0.3, n: 1 },
  ];
  expect(betweenVariance(alike, NOISE)).toBe(0);
  const [lucky = 0, known = 0, last = 0] = shrunkenRanks(alike, NOISE);
  expect(known).toBeGreaterThan(lucky);
  expect(lucky).toBeGreaterThan(last);
});
