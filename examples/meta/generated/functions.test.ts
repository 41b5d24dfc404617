/** Every part of the generated functions on one list, computed by hand. */
import { describe, expect, test } from 'vitest';

interface Part {
  readonly name: string;
  readonly takesK: boolean;
  readonly of: (list: readonly number[], k: number) => number | readonly number[] | null;
}

const { REDUCERS, SELECTIONS, TRANSFORMS } = await import(
  new URL('functions.mjs', import.meta.url).href
);

/** Sum 13, mean 13/6 rounded down to 2, sorted −4 −3 3 3 5 9, upper median 3. */
const LIST = [3, -4, 9, 3, 5, -3];
const K = 2;

const SELECTED = {
  all: LIST,
  positive: [3, 9, 3, 5],
  negative: [-4, -3],
  even: [-4],
  odd: [3, 9, 3, 5, -3],
  'k-largest': [9, 5],
  'k-smallest': [-4, -3],
  'first-k': [3, -4],
  'last-k': [5, -3],
  'after-k': [9, 3, 5, -3],
  'without-extremes': [-3, 3, 3, 5],
  'above-mean': [3, 9, 3, 5],
  'below-mean': [-4, -3],
  'above-median': [9, 5],
  distinct: [3, -4, 9, 5, -3],
  'above-k': [3, 9, 3, 5],
  sorted: [-4, -3, 3, 3, 5, 9],
  'without-first': [-4, 9, 3, 5, -3],
  'without-max': [-4, -3, 3, 3, 5],
};

const TRANSFORMED = {
  identity: LIST,
  deltas: [-7, 13, -6, 2, -8],
  'absolute-deltas': [7, 13, 6, 2, 8],
  'prefix-sums': [3, -1, 8, 11, 16, 13],
  squares: [9, 16, 81, 9, 25, 9],
  absolute: [3, 4, 9, 3, 5, 3],
  'minus-mean': [1, -6, 7, 1, 3, -5],
  'minus-median': [0, -7, 6, 0, 2, -6],
  'distance-to-mean': [1, 6, 7, 1, 3, 5],
  'running-max': [3, 3, 9, 9, 9, 9],
  'running-min': [3, -4, -4, -4, -4, -4],
  'minus-min': [7, 0, 13, 7, 9, 1],
  'below-running-max': [0, 7, 0, 6, 4, 12],
  gaps: [1, 6, 0, 2, 4],
  'neighbour-sums': [-1, 5, 12, 8, 2],
  reverse: [-3, 5, 3, 9, -4, 3],
  'plus-k': [5, -2, 11, 5, 7, -1],
};

const REDUCED = {
  sum: 13,
  max: 9,
  min: -4,
  range: 13,
  mean: 2,
  median: 3,
  count: 6,
  last: -3,
  first: 3,
  'second-largest': 5,
  'sum-squares': 149,
  'sum-absolute': 27,
  'count-positive': 4,
  'count-above-mean': 4,
  'max-absolute': 9,
  'count-distinct': 5,
  'kth-smallest': -3,
  midrange: 2,
  'mean-absolute': 4,
  list: LIST,
};

const onList = (parts: readonly Part[], list: readonly number[]) =>
  Object.fromEntries(parts.map(({ name, of }) => [name, of(list, K)]));

test('19 selections', () => {
  expect(onList(SELECTIONS, LIST)).toEqual(SELECTED);
  expect(SELECTIONS).toHaveLength(19);
});

test('17 transforms', () => {
  expect(onList(TRANSFORMS, LIST)).toEqual(TRANSFORMED);
  expect(TRANSFORMS).toHaveLength(17);
});

test('20 reducers', () => {
  expect(onList(REDUCERS, LIST)).toEqual(REDUCED);
  expect(REDUCERS).toHaveLength(20);
});

const ALL: readonly Part[] = [...SELECTIONS, ...TRANSFORMS, ...REDUCERS];

describe('each part', () => {
  test('says whether it uses k', () => {
    const uses = ALL.filter(({ of }) =>
      [1, 3].some((k) => JSON.stringify(of(LIST, k)) !== JSON.stringify(of(LIST, K))),
    );
    expect(uses.map(({ name }) => name)).toEqual(
      ALL.filter(({ takesK }) => takesK).map(({ name }) => name),
    );
  });

  test('fails on an empty list with null, or gives what a list without elements has', () => {
    const given = ALL.flatMap(({ name, of }) => {
      const value = of([], K);
      return value === null ? [] : [`${name} ${JSON.stringify(value)}`];
    });
    expect(given).toEqual([
      ...['all', 'positive', 'negative', 'even', 'odd', 'k-largest', 'k-smallest', 'first-k'].map(
        (name) => `${name} []`,
      ),
      ...['last-k', 'after-k', 'distinct', 'above-k', 'sorted'].map((name) => `${name} []`),
      ...['identity', 'squares', 'absolute', 'reverse', 'plus-k'].map((name) => `${name} []`),
      'count 0',
      'count-positive 0',
      'count-distinct 0',
      'list []',
    ]);
  });

  test('leaves its list as it was', () => {
    const list = Object.freeze([...LIST]);
    for (const { of } of ALL) of(list, K);
    expect(list).toEqual(LIST);
  });
});
