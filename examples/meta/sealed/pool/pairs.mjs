/** Neighbours, opposites and all pairs. */
import { ascending, count, floorDiv, largest, mod, pairs, smallest, sum } from '../arithmetic.mjs';

export const simple = {
  neighbourProducts: (list) => list.slice(1).map((x, i) => x * list[i]),
  neighbourTotals: (list) => list.slice(1).map((x, i) => x + list[i]),
  foldedInHalf: (list) =>
    list.slice(0, floorDiv(list.length, 2)).map((x, i) => x + list.at(-1 - i)),
  lastMinusFirst: (list) => list.at(-1) - list[0],
};

export const medium = {
  inversions: (list) => count(pairs(list), ([a, b]) => a > b),
  closestPairDistance: (list) => smallest(pairs(list).map(([a, b]) => Math.abs(a - b))),
  largestPairProduct: (list) => largest(pairs(list).map(([a, b]) => a * b)),
};

export const composed = {
  /** Smallest with largest, and so on inwards; one in the middle stays alone. */
  balancedTeams: (list) => {
    const sorted = ascending(list);
    return sorted.slice(0, floorDiv(sorted.length, 2)).map((x, i) => x + sorted.at(-1 - i));
  },
  pairsInStep: (list, k) => count(pairs(list), ([a, b]) => mod(a - b, k + 1) === 0),
  totalDistance: (list) => sum(pairs(list).map(([a, b]) => Math.abs(a - b))),
  /** Over all places to cut: how near the two parts come to equal totals. */
  fairestCut: (list) =>
    smallest(
      list.slice(1).map((_, i) => Math.abs(sum(list.slice(0, i + 1)) - sum(list.slice(i + 1)))),
    ),
};
