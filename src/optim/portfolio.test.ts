import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import {
  type PortfolioState,
  portfolioInit,
  portfolioSample,
  portfolioTell,
  turnOf,
} from './portfolio.ts';

type Loss = (x: Float64Array) => number;

const sphere: Loss = (x) => x.reduce((sum, v) => sum + v * v, 0);
const rastrigin: Loss = (x) =>
  x.reduce((sum, v) => sum + v * v - 10 * Math.cos(2 * Math.PI * v) + 10, 0);
const rosenbrock: Loss = (x) =>
  x.reduce((sum, v, i) => {
    const next = x[i + 1];
    return next === undefined ? sum : sum + 100 * (next - v * v) ** 2 + (1 - v) ** 2;
  }, 0);

function run(loss: Loss, evals = 5000): { readonly state: PortfolioState; readonly best: number } {
  const rng = publicRoot('portfolio test').stream(0, 'run');
  const mean = Array.from({ length: 10 }, () => 8 * rng.float() - 4);
  let state = portfolioInit({ mean, sigma: 2 });
  let best = Number.POSITIVE_INFINITY;
  for (let used = 0; used < evals; ) {
    const points = portfolioSample(state, rng);
    const losses = points.map(loss);
    used += points.length;
    best = Math.min(best, ...losses.filter(Number.isFinite));
    state = portfolioTell(state, { points, losses }, rng.fork(`${state.generation}`));
  }
  return { state, best };
}

const gaShare = ({ ledgers: { cma, ga } }: PortfolioState): number =>
  ga.evals / (ga.evals + cma.evals);

test('where coordinates act alone the genetic algorithm gets the budget, and finds the basin', () => {
  const { state, best } = run(rastrigin);
  expect(gaShare(state)).toBeGreaterThan(0.7);
  expect(best).toBeLessThan(1);
});

test('in a narrow valley CMA-ES gets it, and finds the ground', () => {
  const { state, best } = run(rosenbrock);
  expect(gaShare(state)).toBeLessThan(0.3);
  expect(best).toBeLessThan(4);
});

test('both have their trial first, and the one left behind is never left out', () => {
  for (const loss of [rastrigin, rosenbrock]) {
    const short = run(loss, 220).state.ledgers;
    expect(Math.min(short.cma.evals, short.ga.evals)).toBeGreaterThanOrEqual(100);
    const { cma, ga } = run(loss).state.ledgers;
    expect(Math.min(cma.evals, ga.evals)).toBeGreaterThan(200);
  }
});

test('one that has come to the ground of its valley lets the other run', () => {
  const { state } = run(sphere, 8000);
  expect(state.ledgers.cma.best).toBeLessThan(1e-12);
  const ahead = { ...state, generation: 1 };
  const { cma } = ahead.ledgers;
  const stalled = { ...cma, best: 1, bestAtMark: 1, bestBefore: 1, gainedAt: cma.evals - 250 };
  const slow = { ...ahead.ledgers.ga, best: 50, bestAtMark: 51, bestBefore: 52, gainedAt: 1e9 };
  expect(turnOf({ ...ahead, ledgers: { cma: stalled, ga: slow } })).toBe('ga');
  const gaining = { ...stalled, gainedAt: cma.evals - 249 };
  expect(turnOf({ ...ahead, ledgers: { cma: gaining, ga: slow } })).toBe('cma');
});

test('nothing known is nothing learnt, and no harm', () => {
  const { state } = run(() => Number.NaN, 500);
  expect(state.ledgers.cma.evals + state.ledgers.ga.evals).toBeGreaterThanOrEqual(500);
});

test('a state is plain data, and equal states and streams go on alike', () => {
  const { state } = run(sphere, 600);
  const copy = structuredClone(state);
  const rng = () => publicRoot('copy').stream(1, 'ask');
  const points = portfolioSample(state, rng());
  expect(portfolioSample(copy, rng())).toEqual(points);
  const told = { points, losses: points.map(sphere) };
  expect(portfolioTell(copy, told, rng())).toEqual(portfolioTell(state, told, rng()));
  expect(state).toEqual(copy);
});
