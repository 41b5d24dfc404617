import { expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import type { Rng } from '../core/rng.ts';
import { publicRoot } from '../core/rng.ts';
import type { CmaState } from './cma-es.ts';
import { cmaCondition, cmaInit, cmaMean, cmaSample, cmaTell } from './cma-es.ts';

type Loss = (x: ArrayLike<number>) => number;

const rngOf = (seed: string): Rng => publicRoot(seed).stream(-1, 'test');
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const sphere: Loss = (x) => Array.from(x).reduce((sum, v) => sum + v * v, 0);
const rosenbrock: Loss = (x) =>
  range(x.length - 1).reduce((sum, i) => {
    const [v = 0, next = 0] = [x[i], x[i + 1]];
    return sum + 100 * (next - v * v) ** 2 + (1 - v) ** 2;
  }, 0);

/** Minimises until `evals` are spent; returns the last state and the best loss seen. */
function minimise(loss: Loss, start: CmaState, { rng, evals }: { rng: Rng; evals: number }) {
  let state = start;
  let best = Number.POSITIVE_INFINITY;
  for (let used = state.lambda; used <= evals; used += state.lambda) {
    const points = cmaSample(state, rng);
    const losses = points.map(loss);
    best = Math.min(best, ...losses);
    state = cmaTell(state, points, losses);
  }
  return { state, best };
}

test('the sphere is solved to the last digit, in one dimension too', () => {
  for (const n of [1, 2, 10]) {
    const start = cmaInit({ mean: new Array<number>(n).fill(3), sigma: 1 });
    const { state } = minimise(sphere, start, { rng: rngOf('sphere'), evals: 4000 });
    expect(sphere(cmaMean(state))).toBeLessThan(1e-18);
  }
});

thorough('Rosenbrock in 20 dimensions: as good as pycma (5.99) after 10,000 evaluations', () => {
  const found = range(7).map((seed) => {
    const rng = rngOf(`rosenbrock ${seed}`);
    const mean = range(20).map(() => 4 * rng.float() - 2);
    return minimise(rosenbrock, cmaInit({ mean, sigma: 1 }), { rng, evals: 10_000 }).best;
  });
  expect(found.reduce((sum, best) => sum + best, 0) / found.length).toBeLessThan(5.99);
});

test('the covariance learns the axes of an ill-conditioned, rotated ellipsoid', () => {
  const n = 6;
  const ellipsoid: Loss = (x) => {
    const [a = 0, b = 0, ...rest] = Array.from(x);
    const turned = [(a + b) / Math.SQRT2, (a - b) / Math.SQRT2, ...rest];
    return turned.reduce((sum, v, i) => sum + 1e6 ** (i / (n - 1)) * v * v, 0);
  };
  const start = cmaInit({ mean: new Array<number>(n).fill(1), sigma: 0.5 });
  const { state } = minimise(ellipsoid, start, { rng: rngOf('ellipsoid'), evals: 6000 });
  expect(ellipsoid(cmaMean(state))).toBeLessThan(1e-8);
  expect(cmaCondition(start)).toBe(1);
  expect(cmaCondition(state)).toBeGreaterThan(1e5);
  expect(cmaCondition(state)).toBeLessThan(1e7);
  const [ab = 0, aa = 0, bb = 0] = [1, 0, n + 1].map((i) => state.covariance[i]);
  expect(ab / Math.sqrt(aa * bb)).toBeGreaterThan(0.5);
});

test('a told state is a new one: the old state still samples what it sampled', () => {
  const rng = rngOf('immutable');
  let state = cmaInit({ mean: [1, 2, 3, 4], sigma: 0.3 });
  const kept = range(12).map((round) => {
    const points = cmaSample(state, rng.fork(`${round}`));
    const snapshot = { state, copy: structuredClone(state), points };
    state = cmaTell(state, points, points.map(sphere));
    return snapshot;
  });
  cmaMean(state).fill(Number.NaN);
  for (const [round, { state: old, copy, points }] of kept.entries()) {
    expect(old).toEqual(copy);
    expect(cmaSample(old, rng.fork(`${round}`))).toEqual(points);
    expect(cmaSample(copy, rng.fork(`${round}`))).toEqual(points);
  }
});

test('same stream, same run; another stream, another run', () => {
  const run = (seed: string): Float64Array => {
    const start = cmaInit({ mean: [2, -1, 0.5], sigma: 1 });
    return cmaMean(minimise(rosenbrock, start, { rng: rngOf(seed), evals: 500 }).state);
  };
  expect(run('a')).toEqual(run('a'));
  expect(run('a')).not.toEqual(run('b'));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'a loss of %s ranks last',
  (unknown) => {
    const state = cmaInit({ mean: [1, 1], sigma: 0.5, lambda: 6 });
    const points = cmaSample(state, rngOf('unknown'));
    const known = [3, 1, 2, 5, 4];
    const told = cmaTell(state, points, [...known, unknown]);
    expect(told).toEqual(cmaTell(state, points, [...known, 1e300]));
    expect(told).not.toEqual(cmaTell(state, points, [...known, 0]));
  },
);

test('a search survives unknown losses, and a round of only such teaches nothing', () => {
  const start = cmaInit({ mean: [3, 3, 3], sigma: 1 });
  const holed: Loss = (x) => ((x[0] ?? 0) > 2.5 ? Number.NaN : sphere(x));
  const { state } = minimise(holed, start, { rng: rngOf('holes'), evals: 2000 });
  expect(sphere(cmaMean(state))).toBeLessThan(1e-9);
  const points = cmaSample(start, rngOf('all'));
  const told = cmaTell(
    start,
    points,
    points.map(() => Number.NaN),
  );
  expect(told).toEqual({ ...start, generation: 1 });
});

test('equal losses everywhere never break the distribution', () => {
  const start = cmaInit({ mean: [0, 0, 0, 0], sigma: 1 });
  const { state } = minimise(() => 1, start, { rng: rngOf('flat'), evals: 8000 });
  expect([...state.mean, ...state.factor, state.sigma].every(Number.isFinite)).toBe(true);
  expect(cmaCondition(state)).toBeLessThan(1e14);
});

test('a covariance that lost its definiteness is lifted, and the search goes on', () => {
  const start = cmaInit({ mean: [3, 3], sigma: 1 });
  const broken = { ...start, covariance: Float64Array.of(1, 1.5, 1.5, 1) };
  const points = cmaSample(broken, rngOf('lift'));
  const told = cmaTell(broken, points, points.map(sphere));
  expect(told.factoredAt).toBe(1);
  expect(cmaCondition(told)).toBeLessThan(1e15);
  const { state } = minimise(sphere, told, { rng: rngOf('lifted'), evals: 4000 });
  expect(sphere(cmaMean(state))).toBeLessThan(1e-12);
});

test('a tell or a start that does not fit is refused', () => {
  const state = cmaInit({ mean: [0, 0], sigma: 1, lambda: 4 });
  const points = cmaSample(state, rngOf('misuse'));
  const refused = expect.objectContaining({ code: 'INTERNAL' });
  expect(() => cmaTell(state, points, [1, 2, 3])).toThrow(refused);
  expect(() => cmaTell(state, points.slice(1), [1, 2, 3, 4])).toThrow(refused);
  expect(() =>
    cmaTell(
      state,
      points.map(() => [1]),
      [1, 2, 3, 4],
    ),
  ).toThrow(refused);
  expect(() => cmaInit({ mean: [], sigma: 1 })).toThrow(refused);
  expect(() => cmaInit({ mean: [Number.NaN], sigma: 1 })).toThrow(refused);
  expect(() => cmaInit({ mean: [1], sigma: 0 })).toThrow(refused);
  expect(() => cmaInit({ mean: [1], sigma: 1, lambda: 3 })).toThrow(refused);
});
