/**
 * Several populations that evolve apart: a trial belongs to one island, breeds from its elites only,
 * and its candidate enters that island and no other. Now and then a copy of each island's best goes
 * to the next one around the ring (Tanese, Distributed genetic algorithms, ICGA 1989).
 *
 * Each island keeps its Pareto front. Which island a trial belongs to is a hash of its number, not
 * the number modulo the islands: proposers take turns by trial number too, and where the two beats
 * have a common divisor a proposer would never see some of the islands.
 */
import type { Archive } from './contract.ts';
import { type ParetoState, paretoArchive } from './pareto.ts';

export interface IslandsOptions {
  /** Number of islands, at least 2. */
  readonly count: number;
  /** Trials of the study, all arms counted, from one migration to the next, at least 1. */
  readonly migrateEvery: number;
  /** Elites per island. */
  readonly capacity?: number;
}

export interface IslandsState {
  readonly islands: ParetoState[];
  /** Migrations that were due so far. */
  migrations: number;
}

const DEFAULT_CAPACITY = 24;

export function islandsArchive(options: IslandsOptions): Archive<IslandsState> {
  const { count, migrateEvery, capacity = DEFAULT_CAPACITY } = options;
  const island = paretoArchive({ capacity });
  const at = ({ islands }: IslandsState, trial: number): ParetoState =>
    islands[islandOf(trial, count)] as ParetoState;
  return {
    name: 'islands',
    init: () => ({ islands: Array.from({ length: count }, () => island.init()), migrations: 0 }),
    admits: (state, elite) => island.admits(at(state, elite.trial), elite),
    add(state, elite) {
      island.add(at(state, elite.trial), elite);
      const due = Math.floor(elite.trial / migrateEvery);
      if (due > state.migrations) migrate(state.islands, island);
      state.migrations = Math.max(due, state.migrations);
    },
    remeasured({ islands }, candidate, values) {
      for (const one of islands) island.remeasured(one, candidate, values);
    },
    doubtful: (state, trial, enough) => island.doubtful(at(state, trial), trial, enough),
    find: ({ islands }, candidate) =>
      islands.map((one) => island.find(one, candidate)).find((elite) => elite !== undefined),
    drop({ islands }, candidate) {
      for (const one of islands) island.drop(one, candidate);
    },
    view: (state, trial) => island.view(at(state, trial), trial),
  };
}

/** The island of a trial, from 0: the 32-bit mixer of MurmurHash3 (Appleby 2011). */
export function islandOf(trial: number, count: number): number {
  let mixed = Math.imul(trial ^ (trial >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % count;
}

/** All leave at once: nobody goes round the ring in one migration. */
function migrate(islands: readonly ParetoState[], island: Archive<ParetoState>): void {
  const bests = islands.map(({ elites }) => elites[0]);
  for (const [from, best] of bests.entries()) {
    const next = islands[(from + 1) % islands.length] as ParetoState;
    if (best !== undefined && island.admits(next, best)) island.add(next, best);
  }
}
