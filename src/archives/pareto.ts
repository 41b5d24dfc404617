/**
 * Keeps the candidates that no other beats in both screen score (higher is better) and size (fewer
 * nodes is better). Bounded: beyond `capacity` the most crowded by score leaves (crowding distance,
 * Deb et al., NSGA-II, IEEE Trans. Evol. Comp. 2002, in the one dimension that matters here).
 */
import type { Archive, ArchiveView, Elite } from './contract.ts';

export interface ParetoState {
  /** Sorted by score, best first; sizes therefore fall. */
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
    admits: (state, elite) => !state.elites.some((other) => covers(other, elite)),
    add(state, elite) {
      const kept = state.elites.filter((other) => !covers(elite, other));
      kept.push(elite);
      kept.sort((a, b) => b.score - a.score || a.size - b.size);
      if (kept.length > capacity) kept.splice(mostCrowded(kept), 1);
      state.elites = kept;
    },
    find: ({ elites }, candidate) => elites.find(({ id }) => id === candidate),
    drop(state, candidate) {
      state.elites = state.elites.filter(({ id }) => id !== candidate);
    },
    view: (state) => viewOf(state.elites),
  };
}

/** `a` is at least as good in both respects (an equal newcomer adds nothing). */
function covers(a: Elite, b: Elite): boolean {
  return a.score >= b.score && a.size <= b.size;
}

/** Index of the inner elite whose neighbours are closest in score; the ends always stay. */
function mostCrowded(elites: readonly Elite[]): number {
  let crowded = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < elites.length - 1; i++) {
    const gap = (elites[i - 1]?.score ?? 0) - (elites[i + 1]?.score ?? 0);
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
