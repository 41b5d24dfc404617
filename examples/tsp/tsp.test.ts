/** The judge of the example: what says no number makes no tour, and known rules rank as the literature says. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ask, makeCities, score, tourLength } from './evaluator/judge.ts';
import { insertionTour } from './solver/insertion.ts';
import { solve } from './solver/solve.ts';

const params = { cities: 30, instances: 4 };
const SEEDS = [1, 2, 3, 4, 5];
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** Mean excess of the origin with another body. */
async function excessOf(body: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-tsp-'));
  made.push(folder);
  cpSync(join(import.meta.dirname, 'origin'), join(folder, 'origin'), { recursive: true });
  const source = `export function priority(detour: number, away: number, crowd: number, left: number): number { return ${body}; }`;
  writeFileSync(join(folder, 'origin/choose.ts'), source);
  let sum = 0;
  for (const seed of SEEDS) {
    const input = ask({ seed, params });
    const output = await solve({ candidate: folder, input });
    sum += score({ seed, input, output, params }).excess;
  }
  return sum / SEEDS.length;
}

test('farthest insertion beats cheapest beats nearest', async () => {
  const [farthest, cheapest, nearest] = [
    await excessOf('away'),
    await excessOf('-detour'),
    await excessOf('-away'),
  ];
  expect(farthest).toBeLessThan(cheapest - 3);
  expect(cheapest).toBeLessThan(nearest);
});

test('a priority that is no number makes no tour', () => {
  const cities = makeCities(7, 12);
  for (const said of [Number.NaN, undefined, null, '1', true]) {
    expect(() => insertionTour(cities, () => said)).toThrow(/not a number/);
  }
  const tour = insertionTour(cities, () => 0);
  expect([...tour].sort((a, b) => a - b)).toEqual(cities.map((_, i) => i));
  expect(tourLength(cities, tour)).toBeGreaterThan(2);
});

test('what is no tour of all cities has no score', () => {
  const input = ask({ seed: 1, params });
  const cities = Array.from({ length: params.cities }, (_, i) => i);
  const bad = [[], cities.slice(1), cities.with(0, 1), cities.with(0, -1), cities.with(0, 0.5)];
  for (const tour of bad) {
    const output = input.map(() => tour);
    expect(() => score({ seed: 1, input, output, params })).toThrow(/not one of all cities/);
  }
});

test('a seed makes the same cities, another seed others', () => {
  expect(makeCities(5, 3)).toEqual(makeCities(5, 3));
  expect(makeCities(5, 3)).not.toEqual(makeCities(6, 3));
});
