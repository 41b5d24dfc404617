import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { wilson } from '../../stats/wilson.ts';
import { DEAD_END_LEVEL, isClearlyNoBetter } from './dead-end.ts';

const STUDIES = 2000;
const ORIGIN_VALUES = 12;

/** Share of studies in which a candidate of that effect, measured `n` times, counts as a dead end. */
function shareOf(effect: number, n: number): readonly [number, number] {
  let dead = 0;
  for (let study = 0; study < STUDIES; study++) {
    const rng = publicRoot('dead ends').stream(study, 'draw');
    const origin = Array.from({ length: ORIGIN_VALUES }, () => rng.normal());
    const level = origin.reduce((sum, one) => sum + one, 0) / ORIGIN_VALUES;
    const gains = Array.from({ length: n }, () => effect + rng.normal() - level);
    if (isClearlyNoBetter({ key: 'k', gains }, origin)) dead += 1;
  }
  return wilson(dead, STUDIES, 0.999);
}

test.each([1, 3])(
  'of candidates equal to the origin, measured %i times, one in 200 is skipped',
  (n) => {
    const [low, high] = shareOf(0, n);
    const due = (1 - DEAD_END_LEVEL) / 2;
    expect(low).toBeLessThan(due);
    expect(high).toBeGreaterThan(due);
  },
);

test('hardly one that is better by the smallest effect of a rule (2σ) is skipped, and most that are far worse are', () => {
  expect(shareOf(2, 1)[1]).toBeLessThan(0.01);
  expect(shareOf(-6, 1)[0]).toBeGreaterThan(0.9);
});

test('where an evaluator repeats itself exactly, no worse than the origin is a point', () => {
  const origin = [5, 5, 5];
  expect(isClearlyNoBetter({ key: 'k', gains: [0] }, origin)?.gain).toEqual([0, 0]);
  expect(isClearlyNoBetter({ key: 'k', gains: [1e-9] }, origin)).toBeUndefined();
});

test('one value of the origin says nothing of its spread', () => {
  expect(isClearlyNoBetter({ key: 'k', gains: [-9] }, [5])).toBeUndefined();
});
