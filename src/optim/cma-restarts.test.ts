import { expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { publicRoot } from '../core/rng.ts';
import { cmaSample } from './cma-es.ts';
import {
  type RestartState,
  type Restarts,
  restartIfSpent,
  restartsInit,
  restartsTell,
  spentReason,
} from './cma-restarts.ts';

type Loss = (x: ArrayLike<number>) => number;

const sphere: Loss = (x) => Array.from(x).reduce((sum, v) => sum + v * v, 0);
const rastrigin: Loss = (x) => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const v = x[i] as number;
    sum += v * v - 10 * Math.cos(2 * Math.PI * v) + 10;
  }
  return sum;
};

interface Search {
  readonly restarts: Restarts;
  readonly n: number;
  readonly evals: number;
  readonly seed?: string;
}

function search(loss: Loss, { restarts, n, evals, seed = 'restarts' }: Search) {
  const rng = publicRoot(seed).stream(0, 'search');
  let state = restartsInit({ mean: new Array<number>(n).fill(3), sigma: 2, restarts });
  let best = Number.POSITIVE_INFINITY;
  const runs: { readonly lambda: number; readonly isSmall: boolean; readonly sigma: number }[] = [];
  for (let used = 0; used < evals; used += state.run.lambda) {
    const points = cmaSample(state.run, rng);
    const losses = points.map(loss);
    best = Math.min(best, ...losses);
    const { finished } = state;
    state = restartIfSpent(restartsTell(state, points, losses), rng.fork(`${used}`));
    const { isSmall, run, startSigma: sigma } = state;
    if (state.finished > finished) runs.push({ lambda: run.lambda, isSmall, sigma });
  }
  return { state, best, runs };
}

test('a converged run is spent, a fresh one is not', () => {
  const { state } = search(sphere, { restarts: 'none', n: 4, evals: 6000 });
  expect(spentReason(state)).toMatch(/converged|flat/);
  expect(spentReason(restartsInit({ mean: [1, 2], sigma: 1, restarts: 'ipop' }))).toBeUndefined();
});

test('on a plateau the run is flat', () => {
  expect(spentReason(search(() => 1, { restarts: 'none', n: 3, evals: 600 }).state)).toBe('flat');
});

test('noise without a signal is stagnant', () => {
  const noise = publicRoot('noise').stream(0, 'noise');
  const { state } = search(() => noise.normal(), { restarts: 'ipop', n: 3, evals: 20_000 });
  expect(state.finished).toBeGreaterThan(0);
});

test('none: what is spent stays as it is', () => {
  const { state, runs } = search(sphere, { restarts: 'none', n: 3, evals: 6000 });
  expect(runs).toEqual([]);
  expect(restartIfSpent(state, publicRoot('x').stream(0, 'x'))).toBe(state);
});

test('ipop: lambda doubles at every restart, up to 64 times the first', () => {
  const { runs, state } = search(() => 1, { restarts: 'ipop', n: 3, evals: 60_000 });
  const { lambda } = state.first;
  const grown = runs.map((run) => run.lambda / lambda);
  expect(grown.slice(0, 6)).toEqual([2, 4, 8, 16, 32, 64]);
  expect(Math.max(...grown)).toBe(64);
});

test('bipop: small and large runs share the budget, and small ones are small', () => {
  const { runs, state } = search(rastrigin, { restarts: 'bipop', n: 5, evals: 60_000 });
  const small = runs.filter(({ isSmall }) => isSmall);
  expect(small.length).toBeGreaterThan(1);
  expect(runs.length - small.length).toBeGreaterThan(1);
  for (const { lambda, sigma } of small) {
    expect(lambda).toBeLessThanOrEqual(state.first.lambda * 2 ** state.doublings);
    expect(sigma).toBeLessThanOrEqual(2);
  }
  const { large, small: onSmall } = state.spent;
  expect(Math.min(large, onSmall) / Math.max(large, onSmall)).toBeGreaterThan(0.3);
});

thorough('ipop and bipop find what a single run does not', () => {
  const solved = (restarts: Restarts): number =>
    ['a', 'b', 'c', 'd', 'e'].filter(
      (seed) => search(rastrigin, { restarts, n: 5, evals: 80_000, seed }).best < 1e-8,
    ).length;
  expect(solved('ipop')).toBeGreaterThanOrEqual(4);
  expect(solved('bipop')).toBeGreaterThanOrEqual(4);
  expect(solved('none')).toBeLessThanOrEqual(1);
});

test('a told state is a new one, and its copy goes on alike', () => {
  const { state } = search(rastrigin, { restarts: 'bipop', n: 4, evals: 9000 });
  const copy = structuredClone(state);
  const next = (from: RestartState): RestartState => {
    const points = cmaSample(from.run, publicRoot('next').stream(0, 'next'));
    return restartsTell(from, points, points.map(rastrigin));
  };
  expect(next(copy)).toEqual(next(state));
  expect(state).toEqual(copy);
});

test('however long it runs, the state stays bounded', () => {
  let state = restartsInit({ mean: [0, 0], sigma: 1, restarts: 'none' });
  const rng = publicRoot('long').stream(0, 'long');
  for (let i = 0; i < 3000; i++) {
    const points = cmaSample(state.run, rng);
    state = restartsTell(
      state,
      points,
      points.map(() => rng.normal()),
    );
  }
  expect(state.recent.length).toBeLessThanOrEqual(400);
});
