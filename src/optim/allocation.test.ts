import { expect, test } from 'vitest';
import {
  type Account,
  afterTurn,
  furthestBehind,
  NEW_ACCOUNT,
  sharesByGain,
  sharesByWeight,
} from './allocation.ts';

const account = (more: Partial<Account> = {}): Account => ({ ...NEW_ACCOUNT, weight: 1, ...more });
const shares = (accounts: readonly Account[], least = 0, turnCost = 1): readonly number[] =>
  sharesByGain(accounts, { least, turnCost }).map(({ share }) => share);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test('a worked example: rates drawn towards the mean of all by three turns', () => {
  // Pooled 4 / 4 = 1; rates (4 + 3) / (2 + 3) and (0 + 3) / (2 + 3).
  const found = sharesByGain([account({ gain: 4, cost: 2 }), account({ gain: 0, cost: 2 })], {
    least: 0,
    turnCost: 1,
  });
  expect(found.map(({ rate }) => rate)).toEqual([1.4, 0.6]);
  expect(found.map(({ share }) => share)).toEqual([0.7, 0.3]);
});

test('the untried stand at the mean; before any turn, and where nothing is gained, all are equal', () => {
  const [first, second, untried] = sharesByGain(
    [account({ gain: 4, cost: 2 }), account({ gain: 0, cost: 2 }), account()],
    { least: 0, turnCost: 1 },
  );
  expect(untried?.rate).toBe(1);
  expect(first?.rate).toBeGreaterThan(untried?.rate ?? 0);
  expect(second?.rate).toBeLessThan(untried?.rate ?? 0);
  expect(shares([account(), account()], 0, 0)).toEqual([0.5, 0.5]);
  expect(shares([account({ cost: 9 }), account({ cost: 1 })])).toEqual([0.5, 0.5]);
});

test('weights count, least is kept whatever is gained, and shares add up to one', () => {
  const rich = account({ gain: 100, cost: 1 });
  const poor = account({ gain: 0, cost: 30 });
  const [share = 0] = shares([poor, rich], 0.4);
  expect(share).toBeGreaterThanOrEqual(0.2);
  expect(shares([poor, rich], 1)).toEqual([0.5, 0.5]);
  expect(shares([account({ weight: 3 }), account()])).toEqual([0.75, 0.25]);
  expect(sharesByWeight([account({ weight: 3, gain: 9, cost: 1 }), account()])).toMatchObject([
    { share: 0.75 },
    { share: 0.25 },
  ]);
  expect(sum(shares([rich, poor, account()], 0.2))).toBeCloseTo(1, 12);
});

test('gains are forgotten a fifth a turn', () => {
  const once = afterTurn(account(), { gain: 10, cost: 2, share: 0.5 });
  expect(once).toMatchObject({ gain: 10, cost: 2, pass: 4 });
  const twice = afterTurn(once, { gain: 0, cost: 2, share: 0.25 });
  expect(twice).toMatchObject({ gain: 8, pass: 12 });
  expect(twice.cost).toBeCloseTo(3.6, 12);
});

test('over many turns everyone has its share, whatever a turn of it costs', () => {
  let accounts = [account({ weight: 1 }), account({ weight: 2 }), account({ weight: 5 })];
  const costs = [3, 1, 2];
  const spent = [0, 0, 0];
  for (let turn = 0; turn < 400; turn++) {
    const given = sharesByWeight(accounts);
    const index = furthestBehind(accounts);
    const cost = costs[index] ?? 0;
    spent[index] = (spent[index] ?? 0) + cost;
    const share = given[index]?.share ?? 1;
    accounts = accounts.map((one, i) =>
      i === index ? afterTurn(one, { gain: 0, cost, share }) : one,
    );
  }
  const total = sum(spent);
  expect(spent.map((one) => Math.round((100 * one) / total))).toEqual([13, 25, 62]);
  expect(furthestBehind([])).toBe(-1);
});
