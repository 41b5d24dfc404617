import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import type { Elite } from './contract.ts';
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
