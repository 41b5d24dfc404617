/** Asks for round trips of random cities and says how much longer than the best they are. */
import { type City, distance } from '../solver/insertion.ts';

interface Case {
  readonly seed: number;
  readonly params: { readonly cities: number; readonly instances: number };
}

/** What a candidate is given: `params.instances` sets of cities. */
export function ask({ seed, params: { cities, instances } }: Case) {
  return Array.from({ length: instances }, (_, i) =>
    makeCities((seed + Math.imul(i, 0x9e3779b1)) >>> 0, cities),
  );
}

interface Answered extends Case {
  readonly input: readonly (readonly City[])[];
  /** One tour per set: the cities' numbers in the order of the trip. Nobody has looked at it yet. */
  readonly output: readonly (readonly number[])[];
}

/** Excess over the expected best tour, in percent: mean of the instances. */
export function score({ input, output, params }: Answered) {
  const excesses = input.map((cities, i) => {
    const tour = output[i] ?? [];
    if (!isTour(tour, params.cities)) throw new Error(`tour ${i} is not one of all cities`);
    return 100 * (tourLength(cities, tour) / expectedBest(params.cities) - 1);
  });
  return { excess: excesses.reduce((sum, one) => sum + one, 0) / params.instances };
}

function isTour(tour: readonly number[], count: number): boolean {
  const numbers = new Set(tour);
  const isCity = (one: number): boolean => Number.isInteger(one) && one >= 0 && one < count;
  return tour.length === count && numbers.size === count && tour.every(isCity);
}

/** City coordinates of one instance: uniform, from mulberry32 of a 32-bit seed. */
export function makeCities(seed: number, count: number): readonly City[] {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: count }, (): City => [next(), next()]);
}

export function tourLength(cities: readonly City[], tour: readonly number[]): number {
  const at = (i: number): City => cities[tour[i % tour.length] as number] as City;
  return tour.reduce((sum, _, i) => sum + distance(at(i), at(i + 1)), 0);
}

/**
 * Expected length of the best tour of uniform cities in the unit square (Johnson & McGeoch 1996:
 * 0.7124 · √(nA) · (1 + 0.33/n)), so that the excess of an instance is comparable between sizes.
 */
export function expectedBest(count: number): number {
  return 0.7124 * Math.sqrt(count) * (1 + 0.33 / count);
}
