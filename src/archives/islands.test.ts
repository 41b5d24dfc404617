import { expect, test } from 'vitest';
import type { Elite } from './contract.ts';
import { islandOf, islandsArchive } from './islands.ts';

const COUNT = 4;
const MIGRATE_EVERY = 100;

const elite = (trial: number, score: number): Elite => {
  const text = `${trial}`;
  return { id: `sha256:${trial}`, text, trial, score, n: 1, size: 1 };
};
const homeOf = (trial: number): number => islandOf(trial, COUNT);
/** Trials before the first migration, by island. */
const trialsOn = (island: number): number[] =>
  Array.from({ length: MIGRATE_EVERY }, (_, trial) => trial).filter(
    (trial) => homeOf(trial) === island,
  );
const archive = islandsArchive({ count: COUNT, migrateEvery: MIGRATE_EVERY });

/** Elites on each island after one elite per trial, each better than all before it. */
function rising(trials: number) {
  const state = archive.init();
  for (let trial = 0; trial < trials; trial++) archive.add(state, elite(trial, trial));
  return state;
}

test('a candidate enters the island of its trial and no other, until a migration', () => {
  const state = rising(MIGRATE_EVERY);
  for (const [island, { elites }] of state.islands.entries()) {
    expect(elites.map(({ trial }) => homeOf(trial))).toEqual([island]);
  }
});

test('a trial sees its own island only', () => {
  const state = archive.init();
  const [here = 0, later = 0] = trialsOn(0);
  const [elsewhere = 0] = trialsOn(1);
  archive.add(state, elite(here, 1));
  expect(archive.view(state, later).best()?.trial).toBe(here);
  expect(archive.view(state, elsewhere).size).toBe(0);
});

test('the worst candidate of the best island does not keep another island from starting', () => {
  const state = archive.init();
  archive.add(state, elite(trialsOn(0)[0] ?? 0, 1000));
  expect(archive.admits(state, elite(trialsOn(1)[0] ?? 0, -1000))).toBe(true);
});

test('at a migration a copy of each best goes one island on, and itself stays', () => {
  const state = archive.init();
  const champion = elite(trialsOn(2)[0] ?? 0, 500);
  archive.add(state, champion);
  archive.add(state, elite(MIGRATE_EVERY, 0));
  const homes = state.islands.flatMap(({ elites }, island) =>
    elites.some(({ id }) => id === champion.id) ? [island] : [],
  );
  expect(homes).toEqual([2, 3]);
  archive.add(state, elite(MIGRATE_EVERY + 1, 1));
  expect(state.islands[0]?.elites.some(({ id }) => id === champion.id)).toBe(false);
});

test.each([1, 2, 3, 4, 5, 6, 8, 12])(
  'whoever proposes every %d-th trial visits every island about equally often',
  (every) => {
    const visits = Array.from({ length: COUNT }, () => 0);
    for (let turn = 0; turn < 400; turn++) {
      const island = homeOf(turn * every);
      visits[island] = (visits[island] ?? 0) + 1;
    }
    expect(Math.min(...visits)).toBeGreaterThan(60);
  },
);

test('in doubt is the best of the island of that trial, however good another one has', () => {
  const state = archive.init();
  const [here = 0, later = 0] = trialsOn(0);
  const [elsewhere = 0, afterwards = 0] = trialsOn(1);
  archive.add(state, elite(here, 1));
  archive.add(state, elite(elsewhere, 9));
  expect(archive.doubtful(state, later, 2)?.trial).toBe(here);
  expect(archive.doubtful(state, afterwards, 2)?.trial).toBe(elsewhere);
  archive.remeasured(state, elite(elsewhere, 9).id, [9]);
  expect(archive.doubtful(state, afterwards, 2)).toBeUndefined();
  expect(archive.doubtful(state, later, 2)?.trial).toBe(here);
});
