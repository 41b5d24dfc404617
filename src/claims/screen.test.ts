import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noiseFloor } from '../stats/noise-floor.ts';
import { defaultRule } from './rule.ts';
import { referenceOf, referenceSize, screenScore, screenStages, screenVerdict } from './screen.ts';

const RULE = defaultRule();
const FLOOR = noiseFloor([-1.2, 0.4, 0.9, -0.3, 0.1, 1.4, -0.8, 0.2, -0.5, 0.7, -0.1, 0.3]);
const HEAVY = { ...FLOOR, heavyTailed: true };

test('the stages of acceptance.md §1.3, for a planned effect of 2σ and of 1σ', () => {
  expect(screenStages(RULE, FLOOR)).toEqual([
    { cumulative: 1, cut: 0.15 },
    { cumulative: 2, cut: 0.45 },
    { cumulative: 4, cut: 0.75 },
    { cumulative: 6, cut: 0.85 },
  ]);
  expect(screenStages(defaultRule({ smallestEffect: 1 }), FLOOR)).toEqual([
    { cumulative: 4, cut: 0.075 },
    { cumulative: 8, cut: 0.225 },
    { cumulative: 16, cut: 0.375 },
    { cumulative: 24, cut: 0.425 },
  ]);
  expect(screenStages(RULE, HEAVY).map((stage) => stage.cumulative)).toEqual([2, 4, 8]);
});

test('stages that a large planned effect merges leave their strictest cut', () => {
  const stages = screenStages(defaultRule({ smallestEffect: 4 }), FLOOR);
  expect(stages).toEqual([
    { cumulative: 1, cut: 1.5 },
    { cumulative: 2, cut: 1.7 },
  ]);
});

test('one lucky value is clipped, and without a scale only the side counts', () => {
  expect(screenScore([1000], 0, 1)).toBe(3.5);
  expect(screenScore([-1000, 1000], 0, 1)).toBe(0);
  expect(screenScore([5, 6], 5, 0)).toBe(1.75);
  expect(screenScore([4], 5, 0)).toBe(-3.5);
});

test('the reference is a median, so one lucky incumbent evaluation does not move it', () => {
  expect(referenceOf([1, 2, 3, 900])).toBe(2.5);
});

test('a smaller planned effect needs a longer reference', () => {
  expect(referenceSize(RULE)).toBe(12);
  expect(referenceSize(defaultRule({ smallestEffect: 1 }))).toBe(48);
});

test('a weak candidate leaves at the first stage it fails, a strong one passes all', () => {
  const scale = FLOOR.scale;
  expect(screenVerdict(RULE, FLOOR, [], 0)).toEqual({ verdict: 'more', take: 1 });
  expect(screenVerdict(RULE, FLOOR, [0.1 * scale], 0)).toEqual({ verdict: 'futile', stage: 1 });
  const fading = [scale, 0.5 * scale, 0, 0];
  expect(screenVerdict(RULE, FLOOR, fading.slice(0, 2), 0)).toEqual({ verdict: 'more', take: 2 });
  expect(screenVerdict(RULE, FLOOR, fading, 0)).toEqual({ verdict: 'futile', stage: 3 });
  expect(screenVerdict(RULE, FLOOR, Array(6).fill(scale), 0)).toEqual({ verdict: 'promising' });
});

test('the verdict never depends on values beyond the stage that decided', () => {
  const value = fc.double({ min: -3, max: 4, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), (values) => {
      const whole = screenVerdict(RULE, FLOOR, values, 0);
      let seen = 0;
      let verdict = screenVerdict(RULE, FLOOR, [], 0);
      while (verdict.verdict === 'more') {
        seen += verdict.take;
        verdict = screenVerdict(RULE, FLOOR, values.slice(0, seen), 0);
      }
      expect(verdict).toEqual(whole);
    }),
  );
});
