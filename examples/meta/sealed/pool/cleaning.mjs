/** Raw readings to something usable. */
import {
  clamp,
  distinct,
  floorDiv,
  largest,
  mean,
  median,
  mod,
  scan,
  smallest,
  sum,
} from '../arithmetic.mjs';

export const simple = {
  magnitudes: (list) => list.map((x) => Math.abs(x)),
  withoutRepeats: (list) => distinct(list),
  roundedDown: (list, k) => list.map((x) => x - mod(x, k + 1)),
  shiftedToZero: (list) => list.map((x) => x - smallest(list)),
};

export const medium = {
  /** Negative means missing; the first gap is filled with zero. */
  carriedForward: (list) => scan(list, (last, x) => (x < 0 ? last : x), 0),
  centredOnMedian: (list) => list.map((x) => x - median(list)),
  scaledToHundred: (list) =>
    largest(list) === smallest(list)
      ? null
      : list.map((x) => floorDiv(100 * (x - smallest(list)), largest(list) - smallest(list))),
};

export const composed = {
  despiked: (list) =>
    list.map((x, i) =>
      i === 0 || i === list.length - 1 ? x : median([list[i - 1], x, list[i + 1]]),
    ),
  negativesByMeanOfRest: (list) => {
    const rest = mean(list.filter((x) => x >= 0));
    return rest === null ? null : list.map((x) => (x < 0 ? rest : x));
  },
  meanAfterClipping: (list, k) =>
    mean(list.map((x) => clamp(x, median(list) - 2 * k, median(list) + 2 * k))),
  plausibleTotal: (list, k) => {
    const middle = median(list);
    return sum(distinct(list).filter((x) => Math.abs(x - middle) <= 3 * k));
  },
};
