import { expect, test } from 'vitest';
import { publicRoot, type Rng } from '../core/rng.ts';
import { type GaState, gaInit, gaSample, gaTell } from './real-ga.ts';

const rngOf = (seed: string): Rng => publicRoot(seed).stream(-1, 'test');
const rastrigin = (x: Float64Array): number =>
  x.reduce((sum, v) => sum + v * v - 10 * Math.cos(2 * Math.PI * v) + 10, 0);

function run(seed: string, loss = rastrigin, evals = 4000): GaState {
  const rng = rngOf(seed);
  let state = gaInit({ mean: Array.from({ length: 8 }, () => 10 * rng.float() - 5), sigma: 2 });
  for (let used = 0; used < evals; ) {
    const points = gaSample(state, rng);
    used += points.length;
    state = gaTell(state, points, points.map(loss));
  }
  return state;
}

test('Rastrigin in 8 dimensions: the global basin among some 10^8, in four of five runs', () => {
  const best = ['a', 'b', 'c', 'd', 'e'].map((seed) => run(seed).population[0]?.loss ?? 99);
  expect(best.filter((loss) => loss < 0.5).length).toBeGreaterThanOrEqual(4);
});

test('the first generation holds the mean, later ones half as many children', () => {
  const start = gaInit({ mean: [1, 2, 3], sigma: 0.5, population: 12 });
  const first = gaSample(start, rngOf('first'));
  expect(first).toHaveLength(12);
  expect([...(first[0] ?? [])]).toEqual([1, 2, 3]);
  const told = gaTell(start, first, first.map(rastrigin));
  expect(gaSample(told, rngOf('second'))).toHaveLength(6);
});

test('crossover and mutation keep the middle of two parents, on average', () => {
  const state: GaState = {
    ...gaInit({ mean: [0, 0], sigma: 1, population: 2 }),
    population: [
      { point: Float64Array.of(1, 5), loss: 0 },
      { point: Float64Array.of(3, 9), loss: 0 },
    ],
  };
  const rng = rngOf('middle');
  const all = Array.from({ length: 4000 }, () => gaSample(state, rng)).flat();
  const middle = (i: number): number => all.reduce((sum, x) => sum + (x[i] ?? 0), 0) / all.length;
  expect(middle(0)).toBeCloseTo(2, 0);
  expect(middle(1)).toBeCloseTo(7, 0);
  expect(all.some((x) => (x[0] ?? 0) < 1) && all.some((x) => (x[0] ?? 0) > 3)).toBe(true);
});

test('equal points count once, the best stay, a loss that is no number goes last', () => {
  const start = gaInit({ mean: [0], sigma: 1, population: 3 });
  const points = [4, 2, 2, 3, 1].map((x) => Float64Array.of(x));
  const { population } = gaTell(start, points, [4, 2, 2, 3, Number.NaN]);
  expect(population.map(({ loss }) => loss)).toEqual([2, 3, 4]);
  const lost = gaTell(start, points.slice(3), [3, Number.NaN]);
  expect(lost.population.map(({ loss }) => loss)).toEqual([3, Number.POSITIVE_INFINITY]);
});

test('a told state is a new one, and same streams give same runs', () => {
  const first = gaSample(gaInit({ mean: [1, 1], sigma: 1 }), rngOf('x'));
  const state = gaTell(gaInit({ mean: [1, 1], sigma: 1 }), first, first.map(rastrigin));
  const copy = structuredClone(state);
  const children = gaSample(state, rngOf('y'));
  gaTell(state, children, children.map(rastrigin));
  expect(state).toEqual(copy);
  expect(gaSample(copy, rngOf('y'))).toEqual(children);
  expect(run('a')).toEqual(run('a'));
});

test.each([
  { mean: [], sigma: 1 },
  { mean: [Number.NaN], sigma: 1 },
  { mean: [1], sigma: 0 },
  { mean: [1], sigma: Number.POSITIVE_INFINITY },
  { mean: [1], sigma: 1, population: 1 },
])('%j is refused', (start) => {
  expect(() => gaInit(start)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});
