/** What the names of everyday functions promise, on one list, computed by hand. */
import { expect, test } from 'vitest';

interface Everyday {
  readonly name: string;
  readonly of: (list: readonly number[], k: number) => unknown;
}

const { EVERYDAY } = await import(new URL('functions.mjs', import.meta.url).href);

/** Sorted −4 −3 3 3 5 9, mean 2, changes −7 13 −6 2 −8, balances 3 −1 8 11 16 13. */
const LIST = [3, -4, 9, 3, 5, -3];
const K = 2;

const BY_HAND = {
  'trimmed-mean': 2,
  'interquartile-range': 8,
  'variance-floor': 20,
  'mean-absolute-deviation': 3,
  'median-absolute-deviation': 6,
  'imbalance-of-extremes': 1,
  repeats: 1,
  'steep-steps': 4,
  'records-set': 2,
  'sign-changes': 3,
  'turning-points': 4,
  'near-the-mean': 2,
  'out-of-order': 4,
  'days-under-water': 4,
  'best-against-worst': 21,
  'half-against-half': -3,
  'trend-of-means': -1,
  'excess-over-k': 12,
  'max-draw-down': 12,
  'max-climb': 13,
  'momentum-k': -6,
  'lag-k-variation': 23,
  roughness: 57,
  'highest-balance': 16,
  displacement: 26,
  'lag-k-products': 51,
  'mirror-products': -4,
  'lag-k-differences': [6, 7, -4, -6],
  'second-differences': [20, -19, 8, -10],
  'draw-downs': [0, 7, 0, 6, 4, 12],
  'only-gains': [3, 0, 9, 3, 5, 0],
  'moving-pair-means': [-1, 2, 6, 4, 1],
  'distance-to-order': [7, -1, 6, 0, 0, -12],
};

test('120 functions, each with a name of its own', () => {
  expect(EVERYDAY).toHaveLength(120);
  expect(new Set(EVERYDAY.map(({ name }: Everyday) => name)).size).toBe(120);
});

test('they compute what they are called', () => {
  const named: readonly Everyday[] = EVERYDAY.filter(({ name }: Everyday) =>
    Object.hasOwn(BY_HAND, name),
  );
  expect(Object.fromEntries(named.map(({ name, of }) => [name, of(LIST, K)]))).toEqual(BY_HAND);
});
