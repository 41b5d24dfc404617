import { expect, test } from 'vitest';
import { floorSize, noiseFloor } from './noise-floor.ts';
import { median, quantile, sampleSd, trimmedMean } from './summary.ts';

const FLOOR = [10.2, 10.5, 9.8, 10.1, 13.9, 10.0, 10.4, 9.9, 10.3, 10.6, 10.1, 9.7];

test('worked example 11: the noise floor of a series with one outlier', () => {
  const floor = noiseFloor(FLOOR);
  expect(floor.n).toBe(12);
  expect(floor.location).toBeCloseTo(10.15, 10);
  expect(floor.scale).toBeCloseTo(0.333585, 6);
  expect(floor.shortScale).toBeCloseTo(0.419343, 6);
  expect(floor).toMatchObject({ heavyTailed: true, drifting: false, zero: false });
  expect(floor.confirmScale).toBeCloseTo(Math.SQRT2 * floor.scale, 12);
});

test('a drifting machine is flagged and its confirm scale is the short-range one', () => {
  const drifting = noiseFloor(FLOOR.map((_, i) => i + (i % 2) * 0.1));
  expect(drifting).toMatchObject({ drifting: true, heavyTailed: false });
  expect(drifting.confirmScale).toBeCloseTo(Math.SQRT2 * drifting.shortScale, 12);
});

test('steps with no movement between them never make a confirm scale of zero', () => {
  const stepped = noiseFloor([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
  expect(stepped.shortScale).toBe(0);
  expect(stepped.confirmScale).toBeGreaterThan(0);
});

test('constant values are a zero floor, with no other flag', () => {
  const zero = noiseFloor(Array(12).fill(3));
  expect(zero).toMatchObject({ zero: true, drifting: false, heavyTailed: false, confirmScale: 0 });
});

test('smaller effects ask for a longer floor', () => {
  expect([4, 2, 1, 0.5].map(floorSize)).toEqual([12, 12, 48, 192]);
});

test('quantiles interpolate linearly', () => {
  expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
  expect(quantile([7], 0.9)).toBe(7);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([])).toBeNaN();
  expect(sampleSd([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  expect(sampleSd([1])).toBeNaN();
});

test('the trimmed mean drops the extremes of both ends', () => {
  expect(trimmedMean([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000], 0.1)).toBe(5.5);
  expect(trimmedMean([1, 2, 3])).toBe(2);
});
