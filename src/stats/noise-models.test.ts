import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { NOISE_NAMES, type NoiseName, noiseModel } from './noise-models.ts';
import { greedy, madRatio, type RivalRule, twoStandardErrors } from './rival-rules.ts';
import { iqrScale, median } from './summary.ts';

const root = publicRoot('noise-models');

function draws(name: NoiseName, effect: number, count: number): number[] {
  const rng = root.stream(0, name);
  const machine = noiseModel(name).newMachine(rng);
  return Array.from({ length: count }, () => machine.value(effect, 1, rng));
}

test.each(NOISE_NAMES.filter((name) => name !== 'timing'))(
  '%s: unit robust scale, and an effect moves the centre by that much',
  (name) => {
    const null_ = draws(name, 0, 20000);
    expect(iqrScale(null_)).toBeGreaterThan(0.8);
    expect(iqrScale(null_)).toBeLessThan(1.1);
    expect(median(null_)).toBeCloseTo(0, 1);
    expect(median(draws(name, 2, 20000))).toBeGreaterThan(1.75);
    expect(median(draws(name, 2, 20000))).toBeLessThan(2.25);
  },
);

test('timing: neighbours in time are alike, the machine slows down, spikes are losses', () => {
  const values = draws('timing', 0, 2000);
  expect(median(values.slice(0, 200)) - median(values.slice(-200))).toBeGreaterThan(1);
  const centred = values.map(
    (value, i) => value - median(values.slice(Math.max(0, i - 25), i + 25)),
  );
  expect(Math.max(...centred)).toBeLessThan(-Math.min(...centred));
});

test('candidates scatter unequally under hetero only', () => {
  const spreads = (name: NoiseName): number[] => {
    const rng = root.stream(1, name);
    return Array.from({ length: 500 }, () => noiseModel(name).candidateSd(rng));
  };
  expect(new Set(spreads('gaussian'))).toEqual(new Set([1]));
  expect(Math.min(...spreads('hetero'))).toBeGreaterThanOrEqual(0.3);
  expect(Math.max(...spreads('hetero'))).toBeLessThanOrEqual(5);
  expect(new Set(spreads('hetero')).size).toBe(500);
});

/** Share of A/A studies of 50 candidates in which the rule keeps any. */
function falseRate(rule: RivalRule): number {
  const studies = 300;
  let bad = 0;
  for (let i = 0; i < studies; i++) {
    const rng = root.stream(i, 'rivals');
    const ten = (): number[] => Array.from({ length: 10 }, () => rng.normal());
    if (rule(ten(), Array.from({ length: 50 }, ten)).promoted) bad += 1;
  }
  return bad / studies;
}

test.each([
  ['greedy', greedy, 0.94, 1],
  ['2 MAD', madRatio, 0.72, 0.88],
  ['2 standard errors', twoStandardErrors, 0.22, 0.5],
] as const)('rival rule %s promotes nothing-better far too often', (_name, rule, low, high) => {
  expect(falseRate(rule)).toBeGreaterThan(low);
  expect(falseRate(rule)).toBeLessThan(high);
});

test('rival rules on draws small enough to follow by hand', () => {
  expect(greedy([1], [[0], [2], [1.5], [3]])).toEqual({ kept: [1, 3], promoted: true });
  expect(madRatio([0], [[0.1], [-0.1], [5], [5]]).kept).toEqual([2]);
  const ten = (centre: number): number[] => Array.from({ length: 10 }, (_, i) => centre + (i % 2));
  expect(twoStandardErrors(ten(0), [ten(0), ten(0.4), ten(1)]).kept).toEqual([2]);
  expect(greedy([1], [])).toEqual({ kept: [], promoted: false });
});
