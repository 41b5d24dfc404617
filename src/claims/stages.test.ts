/** The cascade: which stage is next, which stops a trial, and how many stopped ones are looked at all the same. */
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { isBelow, isSpotChecked, type StageRule, stagesVerdict } from './stages.ts';

const quick: StageRule = { name: 'quick', metric: 'hits', goal: 'max', threshold: 2, cases: 2 };
const slow: StageRule = { name: 'slow', metric: 'ms', goal: 'min', threshold: 10, cases: 1 };
const stages = [quick, slow];
const of = (...values: readonly (readonly (number | null)[])[]) =>
  stagesVerdict(
    stages,
    values.map((one, at) => ({ name: `stage ${at}`, values: one })),
  );

test('each stage is measured after the one before it let the trial go on', () => {
  expect(of()).toEqual({ verdict: 'next', stage: quick, at: 0 });
  expect(of([1, 3])).toEqual({ verdict: 'next', stage: slow, at: 1 });
  expect(of([1, 3], [10])).toEqual({ verdict: 'passed' });
  expect(stagesVerdict([], [])).toEqual({ verdict: 'passed' });
});

test('a mean beyond the threshold stops, the threshold itself goes on', () => {
  expect(of([1, 2.9])).toEqual({ verdict: 'below', stage: quick, at: 0 });
  expect(of([1, 3], [10.1])).toEqual({ verdict: 'below', stage: slow, at: 1 });
  expect(isBelow(quick, [2])).toBe(false);
  expect(isBelow(slow, [10])).toBe(false);
  expect(isBelow(slow, [9])).toBe(false);
});

test('a case without a score is a failure, however good the others are; so is a missing case', () => {
  expect(of([9, 9, null])).toEqual({ verdict: 'unscored', stage: quick, at: 0 });
  expect(of([9])).toEqual({ verdict: 'unscored', stage: quick, at: 0 });
  expect(of([9, 9], [null])).toEqual({ verdict: 'unscored', stage: slow, at: 1 });
});

test('about one stopped trial in twenty goes on, chosen by its own stream', () => {
  const root = publicRoot('stages');
  const checked = Array.from({ length: 2000 }, (_, trial) =>
    isSpotChecked(root.stream(trial, 'stage')),
  );
  const count = checked.filter((is) => is).length;
  expect(count).toBeGreaterThan(60);
  expect(count).toBeLessThan(150);
  expect(isSpotChecked(root.stream(7, 'stage'))).toBe(checked[7]);
});
