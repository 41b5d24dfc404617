import { expect, test } from 'vitest';
import type { LineName, Reading, SeedRun } from './readings.ts';
import { curveOf, differenceOf, effortOf, linesIn, textPercents } from './summary.ts';

const reading = (generation: number, held: number, everyday = 0): Reading => ({
  generation,
  held: [0, 0, 0, 0, held],
  everyday,
  train: 0,
  misled: 1,
  effort: 10 ** held,
  candidates: 100,
  kept: 50,
  end: 'budget',
  cpuMs: 1,
  madeMs: 0,
  abstractions: 0,
});

const run = (lines: Partial<Record<LineName, readonly Reading[]>>, seed = 1): SeedRun => ({
  seed,
  pool: 'generated',
  budget: { unit: 'candidates', amount: 100 },
  generations: 1,
  of: { held: 4, everyday: 2, train: 5 },
  lines,
  peakMb: { lines: 1, all: 1 },
  cpuMs: 1,
});

const RUNS = [
  run({ recursive: [reading(0, 1), reading(1, 4, 1)], expert: [reading(0, 2)] }),
  run({ recursive: [reading(0, 1), reading(1, 2, 2)], expert: [reading(0, 2)] }, 2),
];

test('percent of held-out tasks by generation, with n and an interval that holds the mean', () => {
  const [first, last] = curveOf(RUNS, 'recursive');
  expect(first).toMatchObject({ generation: 0, mean: 25, interval: [25, 25], n: 2 });
  expect(last).toMatchObject({ generation: 1, mean: 75, interval: [50, 100], n: 2 });
  expect(curveOf(RUNS, 'recursive', 'everyday').map(({ mean }) => mean)).toEqual([0, 75]);
});

test('a generation that one seed lacks is no point, and a line that one lacks is none', () => {
  const first = RUNS[0] as SeedRun;
  const short = run({ recursive: [reading(0, 1)], control: [reading(0, 1)] });
  expect(curveOf([first, short], 'recursive').map(({ generation }) => generation)).toEqual([0]);
  expect(linesIn([first, short])).toEqual(['recursive']);
});

test('differences are within a seed; a line of one reading stands still', () => {
  const pairing = { first: 'recursive', second: 'expert', half: 'held', generation: 1 } as const;
  expect(differenceOf(RUNS, pairing)).toMatchObject({
    pairs: [50, 0],
    mean: 25,
    wins: 1,
    losses: 0,
  });
  expect(differenceOf(RUNS, { ...pairing, second: 'oracle' })).toBeUndefined();
});

test('effort is a geometric mean; of texts that nobody read there is no percent', () => {
  expect(effortOf(RUNS, 'recursive', 1)).toBeCloseTo(10 ** 3, 6);
  expect(textPercents(RUNS, 'library')).toEqual([]);
});
