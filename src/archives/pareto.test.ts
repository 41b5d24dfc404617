import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import type { Elite } from './contract.ts';
import { byRank } from './elites/rank.ts';
import { paretoArchive } from './pareto.ts';

const elite = (score: number, size: number): Elite => ({
  id: `sha256:${score}:${size}`,
  text: '',
  trial: 0,
  score,
  n: 1,
  size,
});
const elites = fc.array(
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 40 })),
);

/** Some measured often, some once: their ranks shrink towards the mean of all by different shares. */
const measuredElites = fc.array(
  fc
    .tuple(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(1, 12),
    )
    .map(([score, size, n]): Elite => ({ ...elite(score, size), n, noise: 40 })),
  { minLength: 1 },
);

test('no elite is beaten in both respects, and the best ever offered stays', () => {
  fc.assert(
    fc.property(elites, (offers) => {
      const archive = paretoArchive();
      const state = archive.init();
      for (const [score, size] of offers) {
        const offered = elite(score, size);
        if (archive.admits(state, offered)) archive.add(state, offered);
      }
      for (const a of state.elites) {
        const beaten = state.elites.some((b) => b !== a && b.score >= a.score && b.size <= a.size);
        expect(beaten).toBe(false);
      }
      if (offers.length > 0) {
        expect(archive.view(state, 0).best()?.score).toBe(
          Math.max(...offers.map(([score]) => score)),
        );
      }
    }),
  );
});

test('capacity bounds it and keeps both ends of the front', () => {
  const archive = paretoArchive({ capacity: 5 });
  const state = archive.init();
  for (let i = 0; i < 40; i++) archive.add(state, elite(i, i + 1));
  expect(state.elites).toHaveLength(5);
  expect(state.elites[0]?.score).toBe(39);
  expect(state.elites.at(-1)?.score).toBe(0);
});

test('an empty archive has nothing to pick; a pick prefers the better half', () => {
  const archive = paretoArchive();
  const state = archive.init();
  const rng = publicRoot('pick').stream(0, 'pick');
  expect(archive.view(state, 0).pick(rng)).toBeUndefined();
  for (let i = 0; i < 10; i++) archive.add(state, elite(i, i + 1));
  const picks = Array.from({ length: 300 }, () => archive.view(state, 0).pick(rng)?.score ?? -1);
  expect(picks.filter((score) => score >= 5).length).toBeGreaterThan(200);
});

/** Scores, sizes and evaluations behind them, of candidates whose single values scatter by 1. */
function noisyArchive(known: readonly (readonly [number, number, number])[]) {
  const archive = paretoArchive();
  const state = archive.init();
  for (const [score, size, n] of known) archive.add(state, { ...elite(score, size), n, noise: 1 });
  return { archive, state };
}

test('one lucky value is not admitted before what many say; without noise it is', () => {
  const { archive, state } = noisyArchive([
    [1.1, 3, 12],
    [0, 2, 12],
    [-0.2, 1, 12],
  ]);
  const lucky = elite(1.3, 4);
  expect(archive.admits(state, { ...lucky, noise: 1 })).toBe(false);
  expect(archive.admits(state, { ...lucky, n: 12, noise: 1 })).toBe(true);
  const plain = paretoArchive();
  const others = { elites: state.elites.map((one) => ({ ...one, noise: 0 })) };
  expect(plain.admits(others, lucky)).toBe(true);
});

test('a front whose members differ by no more than noise keeps them all', () => {
  const { state } = noisyArchive([
    [0.2, 3, 1],
    [0.1, 2, 1],
    [0, 1, 1],
  ]);
  expect(state.elites.map(({ size }) => size)).toEqual([3, 2, 1]);
});

test('whom a measurement lifts over others covers those that are no smaller', () => {
  const { archive, state } = noisyArchive([
    [2, 3, 1],
    [1, 2, 1],
  ]);
  const [, second] = state.elites;
  archive.remeasured(state, second?.id ?? '', Array(11).fill(4));
  expect(state.elites.map(({ size, n }) => [size, n])).toEqual([[2, 12]]);
});

test('after one left, the others stand in the order of their ranks without it', () => {
  fc.assert(
    fc.property(measuredElites, fc.nat(), (offers, at) => {
      const archive = paretoArchive();
      const state = archive.init();
      for (const offered of offers) archive.add(state, offered);
      const gone = state.elites[at % state.elites.length];
      archive.drop(state, gone?.id ?? '');
      expect(state.elites).not.toContain(gone);
      expect(byRank(state.elites)).toEqual(state.elites);
      const sizes = state.elites.map(({ size }) => size);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }),
    { numRuns: 1000 },
  );
});
