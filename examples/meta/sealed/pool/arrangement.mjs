/** Orders, positions, tallies and checksums. */
import {
  chunks,
  descending,
  floorDiv,
  largestIndex,
  mean,
  mod,
  smallestIndex,
  sum,
} from '../arithmetic.mjs';

export const simple = {
  rotatedByK: (list, k) => [...list.slice(k), ...list.slice(0, k)],
  backwards: (list) => list.toReversed(),
  fromLargest: (list) => descending(list),
  alternatingSigns: (list) => list.map((x, i) => (i % 2 === 0 ? x : -x)),
};

export const medium = {
  sortedByMagnitude: (list) => list.toSorted((a, b) => Math.abs(a) - Math.abs(b)),
  stepsFromLowToHigh: (list) => largestIndex(list) - smallestIndex(list),
  blocksReversed: (list, k) => chunks(list, k + 1).flatMap((block) => block.toReversed()),
  positionWeightedTotal: (list) => sum(list.map((x, i) => x * (i + 1))),
};

export const composed = {
  sortedByDistanceToMean: (list) => {
    const middle = mean(list);
    return list.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  },
  rollingChecksum: (list, k) => list.reduce((check, x) => mod(check * (k + 1) + x, 97), 0),
  /** Largest, smallest, second largest, second smallest, and so on. */
  zigzag: (list) => {
    const sorted = descending(list);
    return sorted.map((_, i) => (i % 2 === 0 ? sorted[i / 2] : sorted.at(-floorDiv(i + 1, 2))));
  },
};
