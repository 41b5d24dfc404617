/** How many cases a budget buys, and what that many can see. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CaseCost, casesFor, costOf, powerWords, seenBy } from './case-plan.ts';

const RULE = { cpuMs: 6_000, least: 99, most: 3_000 };
const cost = (callMs: number, over: Partial<CaseCost> = {}): CaseCost => {
  return { callMs, calls: 1, extra: 0, few: 300, ...over };
};

test.each([
  ['nothing is left out of cheap ones', cost(0.5), 3000],
  ['a clock that shows nothing buys all', cost(0), 3000],
  ['the budget buys so many', cost(10), 600],
  ['each call of a case counts', cost(10, { calls: 3 }), 200],
  ['what is asked of the first few alone counts there', cost(10, { extra: 1 }), 300],
  ['and no further', cost(4, { extra: 1 }), 1200],
  ['dear ones are tried as often as the power asks for', cost(1_000), 99],
])('%s', (_name, of, cases) => {
  expect(casesFor(RULE, of)).toBe(cases);
});

test('it is the most that the budget buys, within the bounds', () => {
  const costs = fc.record({
    callMs: fc.double({ min: 0.01, max: 200, noNaN: true }),
    calls: fc.integer({ min: 1, max: 6 }),
    extra: fc.integer({ min: 0, max: 6 }),
    few: fc.constant(300),
  });
  fc.assert(
    fc.property(costs, (of) => {
      const n = casesFor(RULE, of);
      expect(n).toBeGreaterThanOrEqual(RULE.least);
      expect(n).toBeLessThanOrEqual(RULE.most);
      // A thousandth: divisions round.
      if (n > RULE.least) expect(costOf(of, n)).toBeLessThanOrEqual(RULE.cpuMs * 1.001);
      if (n < RULE.most) expect(costOf(of, n + 1)).toBeGreaterThan(RULE.cpuMs * 0.999);
    }),
  );
});

test('99 cases see a fault in 3 % of inputs with 95 %, and 98 do not', () => {
  expect(seenBy(99)).toBeLessThanOrEqual(0.03);
  expect(seenBy(98)).toBeGreaterThan(0.03);
  expect([3000, 30_000, 1, 0].map((n) => Number(seenBy(n).toPrecision(3)))).toEqual([
    0.000998, 0.0000999, 0.95, 1,
  ]);
  expect(powerWords(99)).toBe(
    '99 cases: a fault in 3.0 % of inputs is found with 95 %, a rarer one may be missed',
  );
});
