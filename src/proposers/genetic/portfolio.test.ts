import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isThorough } from '../../../test/thorough.ts';
import { publicRoot, type Rng } from '../../core/rng.ts';
import {
  chooseOperator,
  credited,
  credits,
  EXPLORATION,
  newPortfolio,
  type Payment,
  type PortfolioState,
  probabilities,
} from './portfolio.ts';

const OPERATORS = 9;

const payment = fc.record({
  operator: fc.integer({ min: 0, max: OPERATORS - 1 }),
  gain: fc.option(fc.double({ min: -3.5, max: 3.5, noNaN: true })),
  evals: fc.integer({ min: 0, max: 8 }),
});

const told = (payments: readonly (Payment & { readonly operator: number })[]): PortfolioState =>
  payments.reduce(
    (state, { operator, ...paid }) => credited(state, operator, paid),
    newPortfolio(OPERATORS),
  );

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

describe('probabilities', () => {
  test('sum to 1 and leave each operator its floor, whatever was paid', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 200 }), (payments) => {
        const found = probabilities(told(payments));
        expect(sum(found)).toBeCloseTo(1, 12);
        expect(Math.min(...found)).toBeGreaterThanOrEqual(EXPLORATION / OPERATORS - 1e-12);
      }),
    );
    expect(EXPLORATION).toBeGreaterThanOrEqual(0.1);
  });

  test('are even as long as nothing has paid', () => {
    const state = told([0, 0, 3, 5].map((operator) => ({ operator, gain: -1, evals: 1 })));
    expect(probabilities(state)).toEqual(Array(OPERATORS).fill(1 / OPERATORS));
  });

  test('are in the order of what was gained, where the same was spent', () => {
    const gains = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), {
      minLength: OPERATORS,
      maxLength: OPERATORS,
    });
    fc.assert(
      fc.property(gains, fc.double({ min: 0.1, max: 1e3, noNaN: true }), (gained, evals) => {
        const found = probabilities({ gained, spent: gained.map(() => evals) });
        const byGain = [...gained.keys()].sort((a, b) => (gained[a] ?? 0) - (gained[b] ?? 0));
        const sorted = byGain.map((i) => found[i] ?? 0);
        expect(sorted.every((p, i) => i === 0 || p >= (sorted[i - 1] ?? 0) - 1e-12)).toBe(true);
      }),
    );
  });

  test('an improvement is worth less when it took more evaluations', () => {
    const cheap = { operator: 1, gain: 3, evals: 2 };
    const dear = { operator: 2, gain: 3, evals: 6 };
    const found = probabilities(told(Array(100).fill([cheap, dear]).flat()));
    expect(found[1]).toBeGreaterThan(1.5 * (found[2] ?? 1));
  });

  test('a worked example', () => {
    const state = { gained: [6, 0], spent: [50, 150] };
    // Together 6/200 = 0.03 an evaluation: (6 + 50·0.03)/100 = 0.075 and 1.5/200 = 0.0075.
    const [a = 0, b = 0] = credits(state);
    expect(a).toBeCloseTo(0.075, 12);
    expect(b).toBeCloseTo(0.0075, 12);
    expect(probabilities(state)[0]).toBeCloseTo(0.1 + 0.8 * (0.075 / 0.0825), 12);
  });
});

describe('credit', () => {
  test('needs a gain beyond two standard errors', () => {
    expect(sum(told([{ operator: 0, gain: 2, evals: 1 }]).gained)).toBe(0);
    expect(sum(told([{ operator: 0, gain: 2, evals: 4 }]).gained)).toBe(1);
    expect(sum(told([{ operator: 0, gain: null, evals: 4 }]).gained)).toBe(0);
  });

  test('is not changed by what cost nothing or by an operator it does not know', () => {
    const state = told([{ operator: 3, gain: 3, evals: 2 }]);
    expect(credited(state, 3, { gain: null, evals: 0 })).toBe(state);
    expect(credited(state, -1, { gain: 3, evals: 1 })).toBe(state);
    expect(credited(state, OPERATORS, { gain: 3, evals: 1 })).toBe(state);
  });

  test('is forgotten: sums stay bounded, and who pays now overtakes who paid once', () => {
    const both = (gains: readonly number[]) =>
      gains.map((gain, operator) => ({ operator, gain, evals: 6 }));
    const once = Array(2000)
      .fill(both([3.5, 0]))
      .flat();
    const state = told([
      ...once,
      ...Array(1000)
        .fill(both([0, 3.5]))
        .flat(),
    ]);
    expect(sum(state.spent)).toBeLessThanOrEqual(6 / (1 - 0.999) + 1e-6);
    const [before, now] = [probabilities(told(once)), probabilities(state)];
    expect(before[0]).toBeGreaterThan(2 * (before[1] ?? 1));
    expect(now[1]).toBeGreaterThan(2 * (now[0] ?? 1));
  });
});

test('operators are drawn as often as their probability says', () => {
  const weights = [0.5, 0.3, 0.15, 0.05];
  const rng = publicRoot('draws').stream(0, 'test');
  const drawn = [0, 0, 0, 0];
  const draws = 20_000;
  for (let i = 0; i < draws; i++) {
    const at = chooseOperator(weights, rng);
    drawn[at] = (drawn[at] ?? 0) + 1;
  }
  for (const [i, weight] of weights.entries()) {
    // Four standard errors of a share.
    expect(Math.abs((drawn[i] ?? 0) / draws - weight)).toBeLessThan(
      4 * Math.sqrt((weight * (1 - weight)) / draws),
    );
  }
});

/** Chance of each operator to improve by 2 scales; otherwise it does no harm, or much. */
interface Bandit {
  readonly improves: readonly number[];
  readonly harmless: readonly number[];
}

/** One evaluation has noise of one scale; a first glance below 0.15 ends a trial, else it takes 6. */
function pull({ improves, harmless }: Bandit, operator: number, rng: Rng) {
  const luck = rng.float();
  const improvement = luck < (improves[operator] ?? 0);
  const isHarmless = luck < (improves[operator] ?? 0) + (harmless[operator] ?? 0);
  const effect = improvement ? 2 : isHarmless ? 0 : -2;
  const first = effect + rng.normal();
  if (first < 0.15) return { improvement, gain: first, evals: 1 };
  const mean = effect + (first - effect + Math.sqrt(5) * rng.normal()) / 6;
  return { improvement, gain: mean, evals: 6 };
}

/** Improvements per evaluation over so many evaluations. */
function play(bandit: Bandit, rng: Rng, adapts: boolean) {
  let state = newPortfolio(OPERATORS);
  let spent = 0;
  let found = 0;
  while (spent < 6000) {
    const operator = chooseOperator(probabilities(state), rng);
    const { improvement, ...paid } = pull(bandit, operator, rng);
    spent += paid.evals;
    found += improvement ? 1 : 0;
    if (adapts) state = credited(state, operator, paid);
  }
  return { rate: found / spent, state };
}

const at = (operator: number, value: number, others: number): number[] =>
  Array.from({ length: OPERATORS }, (_, i) => (i === operator ? value : others));

describe('on a simulated bandit', () => {
  const STUDIES = isThorough ? 20 : 8;
  const ratios = (bandit: Bandit): number[] =>
    Array.from({ length: STUDIES }, (_, study) => {
      const rate = (adapts: boolean): number =>
        play(bandit, publicRoot(`bandit ${study}`).stream(0, 'play'), adapts).rate;
      return rate(true) / rate(false);
    });

  test('it finds more improvements per evaluation than even choice', () => {
    const found = ratios({ improves: at(4, 0.1, 0.01), harmless: Array(OPERATORS).fill(0.2) });
    expect(sum(found) / STUDIES).toBeGreaterThan(1.4);
    expect(found.filter((ratio) => ratio > 1).length).toBeGreaterThanOrEqual(0.9 * STUDIES);
  });

  test('an operator that never changes anything does not outbid one that sometimes improves', () => {
    const bandit = { improves: at(4, 0.02, 0), harmless: at(2, 1, 0) };
    for (let study = 0; study < STUDIES; study++) {
      const rng = publicRoot(`harmless ${study}`).stream(0, 'play');
      const found = probabilities(play(bandit, rng, true).state);
      expect(found[4]).toBeGreaterThan(found[2] ?? 1);
    }
  });
});
