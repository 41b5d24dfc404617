/** What a table of numbers is summed up by. */
import {
  ascending,
  clamp,
  count,
  descending,
  distinct,
  floorDiv,
  largest,
  mean,
  median,
  smallest,
  sum,
} from '../arithmetic.mjs';

export const simple = {
  range: (list) => largest(list) - smallest(list),
  floorMean: (list) => mean(list),
  lowerMedian: (list) => median(list),
  kthSmallest: (list, k) => ascending(list)[k - 1],
};

export const medium = {
  trimmedMean: (list) => mean(ascending(list).slice(1, -1)),
  sumOfLargestK: (list, k) => sum(descending(list).slice(0, k)),
  meanAbsoluteDeviation: (list) => mean(list.map((x) => Math.abs(x - mean(list)))),
  quartileSpread: (list) => {
    const sorted = ascending(list);
    const at = (share) => sorted[floorDiv(share * (sorted.length - 1), 4)];
    return at(3) - at(1);
  },
};

export const composed = {
  /** Farther from the median than k times the median distance. */
  outliersByMedian: (list, k) => {
    const away = list.map((x) => Math.abs(x - median(list)));
    return list.filter((_, i) => away[i] > k * median(away));
  },
  winsorizedSum: (list) => {
    const sorted = ascending(list);
    return sum(list.map((x) => clamp(x, sorted[1], sorted.at(-2))));
  },
  meanAboveMean: (list) => mean(list.filter((x) => x > mean(list))),
  /** Ties go to the smallest. */
  mostFrequentRemainder: (list, k) => {
    const remainders = list.map((x) => Math.abs(x) % (k + 2));
    const often = (r) => count(remainders, (other) => other === r);
    return ascending(distinct(remainders)).reduce((best, r) => (often(r) > often(best) ? r : best));
  },
};
