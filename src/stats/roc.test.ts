/** The area under the curve against its definition, and intervals against their own equation. */
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { areaInterval, rocOf } from './roc.ts';

describe('a curve', () => {
  test('goes down the scores; ties count by half', () => {
    const { points, area } = rocOf([3, 2, 2, 0], [2, 1]);
    expect(points).toEqual([
      { score: 3, caught: 1, alarms: 0 },
      { score: 2, caught: 3, alarms: 1 },
      { score: 1, caught: 3, alarms: 2 },
      { score: 0, caught: 4, alarms: 2 },
    ]);
    // 3 beats both; each 2 beats one and ties with one; 0 beats none.
    expect(area).toBe((2 + 1.5 + 1.5) / 8);
  });

  test('needs one of each for an area', () => {
    expect(rocOf([1, 2], [])).toEqual({
      bad: 2,
      good: 0,
      points: [
        { score: 2, caught: 1, alarms: 0 },
        { score: 1, caught: 2, alarms: 0 },
      ],
    });
  });
});

describe('its interval', () => {
  test('ends where the standard error of that area would just explain the one found', () => {
    for (const [area, m, n] of [
      [0.8, 40, 11],
      [0.55, 9, 9],
    ] as const) {
      for (const end of areaInterval(area, m, n)) {
        const mean = (m + n) / 2 - 1;
        const variance =
          ((end * (1 - end)) / (m * n)) * (1 + mean * ((1 - end) / (2 - end) + end / (1 + end)));
        expect(Math.abs(area - end) / Math.sqrt(variance)).toBeCloseTo(1.959964, 5);
      }
    }
  });

  test('has a width where all are told apart, and it narrows with numbers', () => {
    const [low, high] = areaInterval(1, 70, 11);
    expect(high).toBe(1);
    expect(low).toBeGreaterThan(0.5);
    expect(low).toBeLessThan(1);
    expect(areaInterval(1, 700, 110)[0]).toBeGreaterThan(low);
  });

  test('covers the true area in about 95 of 100 samples', () => {
    const root = publicRoot('roc');
    const samples = 400;
    // Two normal classes one and a half apart.
    const truth = 0.8555778;
    let covered = 0;
    for (let i = 0; i < samples; i++) {
      const rng = root.stream(i, 'sample');
      const bad = Array.from({ length: 60 }, () => rng.normal() + 1.5);
      const good = Array.from({ length: 12 }, () => rng.normal());
      const [low, high] = rocOf(bad, good).interval ?? [1, 0];
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(covered / samples).toBeGreaterThan(0.91);
  });
});
