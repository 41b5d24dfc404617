import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import type { Elite } from './contract.ts';
import { mapElitesArchive } from './map-elites.ts';

const archive = mapElitesArchive([
  { min: 0, max: 10, bins: 5 },
  { min: -1, max: 1, bins: 2 },
]);

let trial = 0;
function elite(score: number, measures?: readonly (number | null)[], size = 1): Elite {
  const text = `${trial}`;
  const base = { id: `sha256:${text}`, text, trial: trial++, score, n: 1, size } as const;
  return measures ? { ...base, measures } : base;
}

/** Scores by cell after offering them all. */
function mapOf(offered: readonly Elite[]): Readonly<Record<number, number>> {
  const state = archive.init();
  for (const one of offered) if (archive.admits(state, one)) archive.add(state, one);
  return Object.fromEntries(state.filled.map(({ cell, elite: held }) => [cell, held.score]));
}

test('each cell keeps its best, whatever stands in the others', () => {
  const offered = [
    elite(1, [0, -1]),
    elite(3, [1.9, -0.1]),
    elite(2, [0.5, -0.5]),
    elite(-7, [2, -1]),
    elite(5, [0, 0]),
  ];
  expect(mapOf(offered)).toEqual({ 0: 3, 1: 5, 2: -7 });
});

test('what lies beyond the map falls into its outermost cells', () => {
  expect(mapOf([elite(1, [-100, 9]), elite(2, [10, 1]), elite(3, [1e9, -9])])).toEqual({
    1: 1,
    8: 3,
    9: 2,
  });
});

test('a candidate with an unknown measure has no place: unknown is not 0', () => {
  expect(mapOf([elite(1, [null, 0]), elite(1, [Number.NaN, 0]), elite(1, [3]), elite(1)])).toEqual(
    {},
  );
});

test('of equal scores the smaller one stays', () => {
  const state = archive.init();
  archive.add(state, elite(1, [0, 0], 5));
  expect(archive.admits(state, elite(1, [0, 0], 5))).toBe(false);
  expect(archive.admits(state, elite(1, [0, 0], 6))).toBe(false);
  expect(archive.admits(state, elite(1, [0, 0], 4))).toBe(true);
});

test('every cell is picked as often as any other, good or bad', () => {
  const state = archive.init();
  for (let i = 0; i < 5; i++) archive.add(state, elite(100 * i, [2 * i, 0]));
  const rng = publicRoot('map').stream(0, 'pick');
  const counts = new Map<number, number>();
  for (let i = 0; i < 1000; i++) {
    const score = archive.view(state, 0).pick(rng)?.score ?? -1;
    counts.set(score, (counts.get(score) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([0, 100, 200, 300, 400]);
  expect(Math.min(...counts.values())).toBeGreaterThan(150);
  expect(archive.view(state, 0).best()?.score).toBe(400);
});

test('one lucky value does not take a cell from what many say; without noise it does', () => {
  const noisy = (score: number, n: number, at: number): Elite => ({
    ...elite(score, [at, 0]),
    n,
    noise: 1,
  });
  const held = [noisy(1.1, 12, 0), noisy(0, 12, 3), noisy(-0.2, 12, 5)];
  const state = archive.init();
  for (const one of held) archive.add(state, one);
  expect(archive.admits(state, noisy(1.3, 1, 0))).toBe(false);
  expect(archive.admits(state, noisy(1.3, 12, 0))).toBe(true);
  expect(mapOf([elite(1.1, [0, 0]), elite(1.3, [0, 0])])).toEqual({ 1: 1.3 });
});

test('in doubt is the best of those with too little, by rank and not by place', () => {
  const state = archive.init();
  const offered = [elite(1, [0, 0]), elite(3, [3, 0]), elite(2, [5, 0])];
  for (const one of offered) archive.add(state, one);
  archive.remeasured(state, offered[1]?.id ?? '', [3]);
  expect(archive.doubtful(state, 0, 2)?.id).toBe(offered[2]?.id);
});
