import { describe, expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { publicRoot } from '../core/rng.ts';
import { type Scored, scoreOf } from './forecast-score.ts';

const rng = (name: string) => publicRoot(name).stream(0, 'forecasts');

/** Truly calibrated: each comes true with the chance said; better ones gain about 1 more. */
function calibrated(n: number, name: string): Scored[] {
  const draw = rng(name);
  return Array.from({ length: n }, () => {
    const chance = draw.float() ** 2;
    const better = draw.float() < chance;
    return { chance, rank: chance, better, gain: (better ? 1 : -1) * draw.float() };
  });
}

describe('worked by hand', () => {
  const said = (chance: number, better: boolean): Scored => ({ chance, rank: chance, better });
  // Five of each: Brier (5·0.2² + 5·0.4²)/10 = 0.1, of the base rate 0.25, skill 0.6; none misplaced.
  const ten = [...Array(5).fill(said(0.8, true)), ...Array(5).fill(said(0.4, false))];

  test('Brier, skill and area', () => {
    const { brier, skill, area, baseRate } = scoreOf(ten);
    expect(brier).toBeCloseTo(0.1, 12);
    expect(skill?.value).toBeCloseTo(0.6, 12);
    expect(area?.value).toBe(1);
    expect(baseRate).toMatchObject({ value: 0.5, n: 10 });
  });

  test('reliability puts each chance into its row', () => {
    const rows = scoreOf(ten).reliability;
    expect(rows).toMatchObject([
      { from: 0.35, to: 0.5, n: 5, came: 0 },
      { from: 0.75, to: 1, n: 5, came: 1 },
    ]);
    expect(rows.map(({ said: chance }) => chance)).toEqual(
      [0.4, 0.8].map((v) => expect.closeTo(v, 12)),
    );
  });

  test('regret: right 0, wrong 2, undecided 1', () => {
    const gains = Array.from({ length: 12 }, (_, i) => i);
    const by = (rank: (gain: number) => number) =>
      scoreOf(gains.map((gain) => ({ rank: rank(gain), better: gain > 5, gain }))).regret?.value;
    expect(by((gain) => gain)).toBe(0);
    expect(by((gain) => -gain)).toBe(2);
    expect(by(() => 0)).toBe(1);
  });
});

test('always saying the base rate has no skill, area ½, and the regret of a coin', () => {
  const all = calibrated(400, 'base').map((one) => ({ ...one, chance: 0.3, rank: 0.3 }));
  const rate = all.filter(({ better }) => better).length / all.length;
  const { skill, area, regret } = scoreOf(all.map((one) => ({ ...one, chance: rate })));
  expect(skill?.value).toBeCloseTo(0, 12);
  expect(area?.value).toBe(0.5);
  expect(regret?.value).toBe(1);
});

thorough(
  'intervals cover: skill and regret of 300 samples hold the value of a very large one',
  () => {
    const whole = scoreOf(calibrated(4000, 'large'));
    const held = { skill: 0, regret: 0, area: 0 };
    for (let i = 0; i < 300; i++) {
      const one = scoreOf(calibrated(120, `sample ${i}`));
      for (const name of ['skill', 'regret', 'area'] as const) {
        const truth = whole[name]?.value ?? Number.NaN;
        const [low, high] = one[name]?.interval ?? [1, 0];
        if (low <= truth && truth <= high) held[name] += 1;
      }
    }
    // 95 % less three standard errors of 300 tries, and less what a normal interval of 120 lacks.
    for (const count of Object.values(held)) {
      expect(count / 300).toBeGreaterThan(0.9);
      expect(count / 300).toBeLessThan(0.995);
    }
  },
);

test('an overconfident forecaster has less skill at the same area', () => {
  const honest = calibrated(2000, 'honest');
  const loud = honest.map((one) => ({ ...one, chance: (one.chance ?? 0) < 0.3 ? 0 : 1 }));
  const [a, b] = [scoreOf(honest), scoreOf(loud)];
  expect(b.area?.value).toBe(a.area?.value);
  expect(b.skill?.value).toBeLessThan((a.skill?.value ?? 0) - 0.2);
});

test('with too few of either kind there is no figure but the counts', () => {
  const all = calibrated(200, 'few').map((one, i) => ({ ...one, better: i < 4 }));
  const { skill, area, regret, brier, baseRate } = scoreOf(all);
  expect({ skill, area, regret, brier }).toEqual({});
  expect(baseRate.value).toBe(0.02);
  expect(scoreOf([]).baseRate).toEqual({ value: 0, interval: [0, 1], n: 0 });
});

test('who says an order only has an area and a regret, and no Brier score', () => {
  const all = calibrated(200, 'order').map(({ rank, better, gain = 0 }) => ({
    rank,
    better,
    gain,
  }));
  const { skill, brier, area, regret, reliability } = scoreOf(all);
  expect({ skill, brier, reliability }).toEqual({ reliability: [] });
  expect(area?.value).toBeGreaterThan(0.6);
  expect(regret?.value).toBeLessThan(0.9);
});
