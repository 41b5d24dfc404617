import { expect, test } from 'vitest';
import { effortOf, logsToSolve } from './pass.ts';

const term = { prim: 0, args: [] };
const found = {
  solved: new Map([
    [0, { term, candidates: 10 }],
    [2, { term, candidates: 5_000 }],
  ]),
  searched: { candidates: 1_000 },
};

test('what is unsolved counts with all there were, or with the limit given; nothing counts with more', () => {
  const candidates = (most?: number) =>
    logsToSolve([0, 1, 2], found, most).map((log) => Math.round(Math.exp(log)));
  expect(candidates()).toEqual([10, 1_000, 1_000]);
  expect(candidates(4_000)).toEqual([10, 4_000, 4_000]);
  expect(candidates(5)).toEqual([5, 5, 5]);
});

test('effort is the geometric mean', () => {
  expect(effortOf([10, 1_000].map(Math.log))).toBeCloseTo(100);
});
