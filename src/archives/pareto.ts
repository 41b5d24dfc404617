/**
 * Keeps the candidates that no other beats in both rank (by screen scores, higher is better) and size
 * (fewer nodes is better). Bounded: beyond `capacity` the most crowded by rank leaves (crowding distance,
 * Deb et al., NSGA-II, IEEE Trans. Evol. Comp. 2002, in the one dimension that matters here).
 */
import type { Archive, ArchiveView, Elite } from './contract.ts';
import { byRank, measuredAgain, ranksOf } from './elites/rank.ts';

export interface ParetoState {
  /** Sorted by rank, best first; sizes therefore fall. */
  elites: Elite[];
}

const DEFAULT_CAPACITY = 64;
/** Parents drawn by tournament among this many uniform picks. */
const TOURNAMENT = 3;

export function paretoArchive(options: { readonly capacity?: number } = {}): Archive<ParetoState> {
  const capacity = options.capacity ?? DEFAULT_CAPACITY;
  return {
    name: 'pareto',
    init: () => ({ elites: [] }),
    admits: (state, elite) => !isCovered(state.elites, elite),
    add(state, elite) {
      const kept = front([...state.elites, elite]);
      if (kept.length > capacity) kept.splice(mostCrowded(kept), 1);
      state.elites = kept;
    },
    remeasured(state, candidate, values) {
      state.elites = front(
        state.elites.map((elite) =>
          elite.id === candidate ? measuredAgain(elite, values) : elite,
        ),
      );
    },
    doubtful: ({ elites }, _trial, enough) => elites.find(({ n }) => n < enough),
    find: ({ elites }, candidate) => elites.find(({ id }) => id === candidate),
    drop(state, candidate) {
      state.elites = front(state.elites.filter(({ id }) => id !== candidate));
    },
    view: (state) => viewOf(state.elites),
  };
}

/** Is some other at least as good in both respects? (An equal newcomer adds nothing.) */
function isCovered(elites: readonly Elite[], newcomer: Elite): boolean {
  const ranks = ranksOf([...elites, newcomer]);
  const rank = ranks.at(-1) ?? Number.NaN;
  return elites.some(({ size }, i) => (ranks[i] ?? Number.NaN) >= rank && size <= newcomer.size);
}

/**
 * Those that none before them, better in rank, undercuts in size. Whoever leaves changes the mean that
 * ranks shrink towards, so it is looked at again until nobody does.
 */
function front(elites: readonly Elite[]): Elite[] {
  let least = Number.POSITIVE_INFINITY;
  const kept = byRank(elites).filter(({ size }) => {
    const isSmaller = size < least;
    if (isSmaller) least = size;
    return isSmaller;
  });
  return kept.length === elites.length ? kept : front(kept);
}

/** Index of the inner elite whose neighbours are closest in rank; the ends always stay. */
function mostCrowded(elites: readonly Elite[]): number {
  const ranks = ranksOf(elites);
  let crowded = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < elites.length - 1; i++) {
    const gap = (ranks[i - 1] ?? 0) - (ranks[i + 1] ?? 0);
    if (gap < least) [least, crowded] = [gap, i];
  }
  return crowded;
}

function viewOf(elites: readonly Elite[]): ArchiveView {
  return {
    size: elites.length,
    best: () => elites[0],
    pick(rng) {
      if (elites.length === 0) return undefined;
      let best = elites.length;
      for (let i = 0; i < TOURNAMENT; i++) best = Math.min(best, rng.int(elites.length));
      return elites[best];
    },
  };
}
