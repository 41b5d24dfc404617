import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { basinHopping } from './basin-hopping.ts';
import { lbfgs, type Smooth } from './l-bfgs.ts';

const rngOf = (seed: string) => publicRoot(seed).stream(0, 'hops');

/** Rastrigin: one global minimum, 0 at the origin, among a grid of local ones. */
const rastrigin: Smooth = (x, gradient) =>
  x.reduce((sum, v, i) => {
    gradient[i] = 2 * v + 20 * Math.PI * Math.sin(2 * Math.PI * v);
    return sum + v * v - 10 * Math.cos(2 * Math.PI * v) + 10;
  }, 0);
const descend = (start: Float64Array) => lbfgs(rastrigin, start);
const START = [3.2, -2.8, 4.1];
const OPTIONS = { hops: 600, step: 0.6, temperature: 1 };

test('the global minimum of Rastrigin is found where one descent stops at the nearest', () => {
  expect(descend(Float64Array.from(START)).value).toBeGreaterThan(20);
  const found = basinHopping(descend, START, { ...OPTIONS, rng: rngOf('a') });
  expect(found.value).toBeLessThan(1e-9);
});

test('it ends as soon as the caller has enough', () => {
  const isEnough = ({ value }: { readonly value: number }): boolean => value < 5;
  const found = basinHopping(descend, START, { ...OPTIONS, rng: rngOf('a'), isEnough });
  expect(found.value).toBeLessThan(5);
  expect(found.hops).toBeLessThan(OPTIONS.hops);
});

test('a high temperature accepts every hop, temperature 0 only those that do not rise', () => {
  const flight = (temperature: number): number =>
    basinHopping(descend, START, { ...OPTIONS, temperature, rng: rngOf('b') }).accepted;
  expect(flight(0)).toBeLessThan(0.6 * OPTIONS.hops);
  expect(flight(1e9)).toBe(OPTIONS.hops);
});

test('the best ever seen is returned, not the place where the walk ended', () => {
  let least = Number.POSITIVE_INFINITY;
  const watched = (start: Float64Array) => {
    const found = descend(start);
    least = Math.min(least, found.value);
    return found;
  };
  const options = { ...OPTIONS, hops: 60, temperature: 1e9, rng: rngOf('c') };
  expect(basinHopping(watched, START, options).value).toBe(least);
});

test('a minimum without a value is left behind, and never returned', () => {
  let calls = 0;
  const holed = (start: Float64Array) => {
    calls += 1;
    return calls % 3 === 1 ? { point: start, value: Number.NaN } : descend(start);
  };
  const found = basinHopping(holed, START, { ...OPTIONS, rng: rngOf('d') });
  expect(found.value).toBeLessThan(1);
});

test('the same stream gives the same walk', () => {
  const walk = (seed: string) =>
    basinHopping(descend, START, { ...OPTIONS, hops: 30, rng: rngOf(seed) });
  expect(walk('e')).toEqual(walk('e'));
  expect(walk('e')).not.toEqual(walk('f'));
});
