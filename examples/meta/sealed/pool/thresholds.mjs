/** Limits, bands, grades and alarms. */
import { count, largest, mean, stretches, sum } from '../arithmetic.mjs';

const isInBand = (x, k) => x >= -k && x <= 3 * k;

export const simple = {
  countAboveLimit: (list, k) => count(list, (x) => x > 2 * k),
  atLeastK: (list, k) => list.filter((x) => x >= k),
  cappedAtTwiceK: (list, k) => list.map((x) => Math.min(x, 2 * k)),
};

export const medium = {
  excessOverLimit: (list, k) => sum(list.map((x) => Math.max(0, x - 3 * k))),
  bandTotal: (list, k) => sum(list.filter((x) => isInBand(x, k))),
  countsByBand: (list, k) => [
    count(list, (x) => x < 0),
    count(list, (x) => x >= 0 && x <= 3 * k),
    count(list, (x) => x > 3 * k),
  ],
  /** -1 when no one does. */
  firstIndexOver: (list, k) => list.findIndex((x) => x > 3 * k),
};

export const composed = {
  upwardCrossingsOfMean: (list) => {
    const limit = mean(list);
    return list.flatMap((x, i) => (i > 0 && list[i - 1] <= limit && x > limit ? [i] : []));
  },
  aboveAllBeforeByK: (list, k) =>
    count(list, (x, i) => i > 0 && x >= Math.max(...list.slice(0, i)) + k),
  longestTimeInBand: (list, k) =>
    largest(
      stretches(list, (a, b) => isInBand(a, k) && isInBand(b, k)).map((run) =>
        isInBand(run[0], k) ? run.length : 0,
      ),
    ),
};
