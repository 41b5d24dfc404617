/** Sliding windows and blocks. */
import {
  chunks,
  count,
  differences,
  distinct,
  floorDiv,
  largest,
  mean,
  smallest,
  smallestIndex,
  sum,
  windows,
} from '../arithmetic.mjs';

const spread = (w) => largest(w) - smallest(w);

export const simple = {
  firstK: (list, k) => list.slice(0, k),
  lastKTotal: (list, k) => sum(list.slice(-k)),
  withoutFirstK: (list, k) => list.slice(k),
  blockTotals: (list, k) => chunks(list, k + 1).map((block) => sum(block)),
};

export const medium = {
  movingMaximum: (list, k) => windows(list, k + 1).map((w) => largest(w)),
  movingMean: (list, k) => windows(list, k).map((w) => mean(w)),
  bestWindowTotal: (list, k) => largest(windows(list, k + 1).map((w) => sum(w))),
  recentAgainstAll: (list, k) => mean(list.slice(-k)) - mean(list),
};

export const composed = {
  calmestWindowStart: (list) => smallestIndex(windows(list, 3).map((w) => spread(w))),
  blocksThatBeatTheLast: (list, k) =>
    count(differences(chunks(list, k).map((block) => sum(block))), (d) => d > 0),
  distinctInWindows: (list, k) =>
    windows(
      list.map((x) => floorDiv(x, 4)),
      k + 1,
    ).map((w) => distinct(w).length),
  lastAgainstTrailingMean: (list, k) => list.slice(k).map((x, i) => x - mean(list.slice(i, i + k))),
  widestWindowTotal: (list, k) => {
    const all = windows(list, k + 1);
    const widest = largest(all.map((w) => spread(w)));
    return sum(all.find((w) => spread(w) === widest));
  },
};
