/** What to keep, and what to make of it. */
import { ascending, descending, distinct, largest, mean, smallest, sum } from '../arithmetic.mjs';

export const simple = {
  evens: (list) => list.filter((x) => x % 2 === 0),
  withoutMultiples: (list, k) => list.filter((x) => x % (k + 1) !== 0),
  oddTotal: (list) => sum(list.filter((x) => x % 2 !== 0)),
};

export const medium = {
  largerThanPrevious: (list) => list.filter((x, i) => i > 0 && x > list[i - 1]),
  largerThanIndex: (list, k) => list.filter((x, i) => x > k * i),
  withoutExtremes: (list) => list.filter((x) => x !== largest(list) && x !== smallest(list)),
  meanOfNonNegatives: (list) => mean(list.filter((x) => x >= 0)),
};

export const composed = {
  smallestDistinctAboveK: (list, k) =>
    ascending(distinct(list.filter((x) => x > k))).slice(0, k + 1),
  leadersFromTheRight: (list) =>
    list.filter((x, i) => list.slice(i + 1).every((later) => later < x)),
  largestEvenFirst: (list) => [
    ...descending(list.filter((x) => x % 2 === 0)),
    ...list.filter((x) => x % 2 !== 0),
  ],
};
