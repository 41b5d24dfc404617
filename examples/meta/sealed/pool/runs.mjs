/** Run lengths and gaps. */
import {
  ascending,
  count,
  differences,
  distinct,
  largest,
  smallest,
  stretches,
  sum,
} from '../arithmetic.mjs';

const rising = (list) => stretches(list, (a, b) => a < b);
const isEven = (x) => x % 2 === 0;

export const simple = {
  gapSizes: (list) => differences(list).map((d) => Math.abs(d)),
  neighboursAtMostKApart: (list, k) => count(differences(list), (d) => Math.abs(d) <= 2 * k),
  largestRise: (list) => largest(differences(list)),
};

export const medium = {
  longestRise: (list) => largest(rising(list).map((run) => run.length)),
  signRunLengths: (list) => stretches(list, (a, b) => a > 0 === b > 0).map((run) => run.length),
  parityRunCount: (list) => stretches(list, (a, b) => isEven(a) === isEven(b)).length,
  widestSortedGap: (list) => largest(differences(ascending(list))),
};

export const composed = {
  /** The first of the longest. */
  sumOfLongestRise: (list) => {
    const runs = rising(list);
    const most = largest(runs.map((run) => run.length));
    return sum(runs.find((run) => run.length === most));
  },
  /** Sorted numbers fall apart where the gap is larger than k. */
  clusterSizes: (list, k) =>
    stretches(ascending(list), (a, b) => b - a <= k).map((cluster) => cluster.length),
  runStarts: (list) => {
    let at = 0;
    return rising(list).map((run) => {
      at += run.length;
      return at - run.length;
    });
  },
  missingBetween: (list, k) => {
    const [low, high] = [smallest(list), largest(list)];
    const inside = Array.from({ length: high - low + 1 }, (_, i) => low + i);
    return inside.filter((x) => !list.includes(x)).slice(0, k);
  },
  longestConsecutive: (list) =>
    largest(stretches(ascending(distinct(list)), (a, b) => b === a + 1).map((run) => run.length)),
};
