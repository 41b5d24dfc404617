/** The detector is fair while nothing changed: exactly, by enumeration; and its sums are what they stand for. */
import { expect, test } from 'vitest';
import { EDetector } from './e-detector.ts';
import { logEAfter } from './e-process.ts';
import { rateBets, signBets, symmetricBets } from './fixed-bets.ts';
import { logMeanExp } from './log-sum-exp.ts';
import { gammaShare } from './online-testing.ts';

const BETS = [0.2, 0.9];

/** Log factors of a fair coin, bet on with two sizes. */
const coin = (isHeads: boolean): number[] => BETS.map((bet) => Math.log1p(isHeads ? bet : -bet));

test('over all sequences of a fair game its mean is 1 at every look', () => {
  const looks = 8;
  const sums = Array<number>(looks).fill(0);
  for (let code = 0; code < 2 ** looks; code++) {
    const detector = new EDetector(BETS.length);
    for (let look = 0; look < looks; look++) {
      const logE = detector.look(coin(((code >> look) & 1) === 1));
      sums[look] = (sums[look] ?? 0) + Math.exp(logE) / 2 ** looks;
    }
  }
  for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
});

test('it is the sum over every start, with its share, and the stake that is left', () => {
  const heads = [true, true, false, true, true, true];
  const detector = new EDetector(BETS.length);
  let logE = 0;
  for (const one of heads) logE = detector.look(coin(one));
  let expected = 1;
  for (let start = 0; start < heads.length; start++) {
    const share = gammaShare(start + 1);
    const products = BETS.map((bet) =>
      heads.slice(start).reduce((product, one) => product * (one ? 1 + bet : 1 - bet), 1),
    );
    expected += share * ((products[0] ?? 0) / 2 + (products[1] ?? 0) / 2 - 1);
  }
  expect(Math.exp(logE)).toBeCloseTo(expected, 12);
});

test('a look without anything in it changes nothing', () => {
  const detector = new EDetector(2);
  for (let i = 0; i < 50; i++) expect(detector.look([0, 0])).toBeCloseTo(0, 12);
});

test('the parts of method A give method A, and are fair to a symmetric difference', () => {
  const differences = [0.8, 1.5, -0.4, 2.1, Number.POSITIVE_INFINITY, 0];
  const spec = { scale: 1.5, margin: 0.2 };
  const logs = differences
    .map((one) => symmetricBets(spec, one))
    .reduce((sums, factors) => sums.map((sum, i) => sum + (factors[i] ?? 0)));
  expect(logMeanExp(logs)).toBeCloseTo(
    logEAfter({ method: 'symmetric', ...spec }, differences),
    12,
  );
  const up = symmetricBets({ scale: 1, margin: 0.5 }, 2.5);
  const down = symmetricBets({ scale: 1, margin: 0.5 }, -1.5);
  for (const [i, log] of up.entries()) {
    expect(Math.exp(log) + Math.exp(down[i] ?? 0)).toBeCloseTo(2, 12);
  }
});

test('without a scale a difference is its sign', () => {
  const unknown = { scale: 0, margin: 0.1 };
  expect(symmetricBets(unknown, 0.1).every((log) => log === 0)).toBe(true);
  expect(symmetricBets(unknown, 0.2)).toEqual(symmetricBets(unknown, 9));
  expect(symmetricBets(unknown, 0.2)[0]).toBeCloseTo(Math.log(1.6), 12);
  expect(symmetricBets(unknown, -3)[0]).toBeCloseTo(Math.log(0.4), 12);
});

test('bets on signs are fair to equal chances, and grow with wins', () => {
  const [won, lost] = [signBets(1, 0), signBets(0, 1)];
  for (const [i, log] of won.entries()) {
    expect(Math.exp(log) + Math.exp(lost[i] ?? 0)).toBeCloseTo(2, 12);
    expect(log).toBeGreaterThan(0);
  }
  expect(signBets(0, 0)).toEqual([0, 0, 0, 0]);
});

test.each([0.01, 1e-4])(
  'bets on a rate of %s are fair to it, and lose to a smaller one',
  (rate) => {
    const hit = rateBets(rate, 1, 0).map(Math.exp);
    const miss = rateBets(rate, 0, 1).map(Math.exp);
    for (const [i, one] of hit.entries()) {
      const other = miss[i] ?? 0;
      expect(rate * one + (1 - rate) * other).toBeCloseTo(1, 12);
      expect((rate / 2) * one + (1 - rate / 2) * other).toBeLessThan(1);
    }
  },
);
