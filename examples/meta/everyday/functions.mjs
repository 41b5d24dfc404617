/**
 * 120 everyday functions on a list of numbers and a small k, written by hand: what people compute of prices,
 * temperatures, stocks and times. No grammar made them. Each can be written in the solver's language; one that
 * could not be would lower every line alike and tell nothing. NaN or undefined is a failure.
 *
 * @typedef {{ readonly name: string, readonly of: (list: readonly number[], k: number) => unknown }} Everyday
 */
import {
  ascending,
  deltas,
  distinct,
  last,
  max,
  mean,
  median,
  min,
  minus,
  runningMax,
  runningMin,
  runningSums,
  sizes,
  squares,
  total,
  zip,
} from '../lists.mjs';

const add = (a, b) => a + b;
const multiply = (a, b) => a * b;
const over = (list, value) => list.filter((one) => one > value);
const under = (list, value) => list.filter((one) => one < value);
const even = (list) => list.filter((one) => one % 2 === 0);
const odd = (list) => list.filter((one) => one % 2 !== 0);
const descending = (list) => ascending(list).reverse();
const half = (value) => Math.floor(value / 2);
const firstHalf = (list) => list.slice(0, half(list.length));
const secondHalf = (list) => list.slice(half(list.length));
const range = (list) => max(list) - min(list);
const drawDowns = (list) => zip((top, one) => top - one, runningMax(list), list);
const climbs = (list) => zip((one, low) => one - low, list, runningMin(list));
const deviations = (list) => sizes(minus(list, mean(list)));
const distances = (list, value) => sizes(minus(list, value));
const gaps = (list) => deltas(ascending(list));
const inner = (list) => ascending(list).slice(1, -1);

const SUMMARIES = {
  total,
  average: mean,
  median,
  highest: max,
  lowest: min,
  spread: range,
  count: (list) => list.length,
  opening: (list) => list[0],
  closing: last,
  'runner-up': (list) => descending(list)[1],
  'second-lowest': (list) => ascending(list)[1],
  'kth-highest': (list, k) => descending(list)[k - 1],
  'kth-lowest': (list, k) => ascending(list)[k - 1],
  'middle-of-range': (list) => half(max(list) + min(list)),
  'total-size': (list) => total(sizes(list)),
  'average-size': (list) => mean(sizes(list)),
  'largest-size': (list) => max(sizes(list)),
  'smallest-size': (list) => min(sizes(list)),
  energy: (list) => total(squares(list)),
  'mean-energy': (list) => mean(squares(list)),
  'lower-quartile': (list) => ascending(list)[half(half(list.length))],
  'upper-quartile': (list) => descending(list)[half(half(list.length))],
  'interquartile-range': (list) =>
    descending(list)[half(half(list.length))] - ascending(list)[half(half(list.length))],
  'trimmed-mean': (list) => mean(inner(list)),
  'trimmed-total': (list) => total(inner(list)),
  'total-without-highest': (list) => total(list) - max(list),
  'product-of-extremes': (list) => max(list) * min(list),
  'highest-plus-lowest': (list) => max(list) + min(list),
  'opening-plus-closing': (list) => list[0] + last(list),
};

const VARIATION = {
  'variance-floor': (list) => mean(squares(minus(list, mean(list)))),
  'squared-deviation': (list) => total(squares(minus(list, mean(list)))),
  'mean-absolute-deviation': (list) => mean(deviations(list)),
  'largest-deviation': (list) => max(deviations(list)),
  'median-absolute-deviation': (list) => median(distances(list, median(list))),
  'deviation-from-median': (list) => total(distances(list, median(list))),
  'mean-against-median': (list) => mean(list) - median(list),
  'highest-over-mean': (list) => max(list) - mean(list),
  'mean-over-lowest': (list) => mean(list) - min(list),
  'closest-pair': (list) => min(gaps(list)),
  'widest-gap': (list) => max(gaps(list)),
  'lead-of-the-best': (list) => descending(list)[0] - descending(list)[1],
  'imbalance-of-extremes': (list) => max(list) + min(list) - mean(list) - mean(list),
  repeats: (list) => list.length - distinct(list).length,
};

const COUNTS = {
  gains: (list) => over(list, 0).length,
  losses: (list) => under(list, 0).length,
  'above-k': (list, k) => over(list, k).length,
  'below-k': (list, k) => under(list, k).length,
  'even-count': (list) => even(list).length,
  'odd-count': (list) => odd(list).length,
  'different-values': (list) => distinct(list).length,
  'above-average': (list) => over(list, mean(list)).length,
  'below-average': (list) => under(list, mean(list)).length,
  'above-median': (list) => over(list, median(list)).length,
  'gains-over-losses': (list) => over(list, 0).length - under(list, 0).length,
  rises: (list) => over(deltas(list), 0).length,
  falls: (list) => under(deltas(list), 0).length,
  'rises-over-falls': (list) => over(deltas(list), 0).length - under(deltas(list), 0).length,
  'steep-steps': (list, k) => over(sizes(deltas(list)), k).length,
  'records-set': (list) => distinct(runningMax(list)).length,
  'sign-changes': (list) => under(zip(multiply, list, list.slice(1)), 0).length,
  'turning-points': (list) => under(zip(multiply, deltas(list), deltas(list).slice(1)), 0).length,
  'near-the-mean': (list, k) => list.length - over(deviations(list), k).length,
  'out-of-order': (list) =>
    list.length - zip((a, b) => a - b, list, ascending(list)).filter((one) => one === 0).length,
  'days-under-water': (list) => over(drawDowns(list), 0).length,
};

const SUMS_OF_SOME = {
  'total-gain': (list) => total(over(list, 0)),
  'total-loss': (list) => total(under(list, 0)),
  'total-over-k': (list, k) => total(over(list, k)),
  'total-of-evens': (list) => total(even(list)),
  'total-of-odds': (list) => total(odd(list)),
  'best-k-total': (list, k) => total(descending(list).slice(0, k)),
  'worst-k-total': (list, k) => total(ascending(list).slice(0, k)),
  'best-against-worst': (list, k) =>
    total(descending(list).slice(0, k)) - total(ascending(list).slice(0, k)),
  'mean-of-last-k': (list, k) => mean(list.slice(-k)),
  'total-of-first-k': (list, k) => total(list.slice(0, k)),
  'last-against-first-k': (list, k) => total(list.slice(-k)) - total(list.slice(0, k)),
  'half-against-half': (list) => total(secondHalf(list)) - total(firstHalf(list)),
  'trend-of-means': (list) => mean(secondHalf(list)) - mean(firstHalf(list)),
  'excess-over-k': (list, k) => total(minus(over(list, k), k)),
};

const COURSE = {
  'max-draw-down': (list) => max(drawDowns(list)),
  'final-draw-down': (list) => max(list) - last(list),
  'mean-draw-down': (list) => mean(drawDowns(list)),
  'max-climb': (list) => max(climbs(list)),
  'net-change': (list) => last(list) - list[0],
  'momentum-k': (list, k) => last(list) - list[list.length - 1 - k],
  'closing-against-mean': (list) => last(list) - mean(list),
  'closing-against-median': (list) => last(list) - median(list),
  'total-variation': (list) => total(sizes(deltas(list))),
  'mean-step': (list) => mean(sizes(deltas(list))),
  'largest-step-up': (list) => max(deltas(list)),
  'largest-step-down': (list) => min(deltas(list)),
  'total-climb': (list) => total(over(deltas(list), 0)),
  'lag-k-variation': (list, k) => total(sizes(deltas(list, k))),
  'largest-move-in-k': (list, k) => max(deltas(list, k)),
  roughness: (list) => total(sizes(deltas(deltas(list)))),
  'highest-balance': (list) => max(runningSums(list)),
  'lowest-balance': (list) => min(runningSums(list)),
  'total-of-balances': (list) => total(runningSums(list)),
  displacement: (list) => total(sizes(zip((a, b) => a - b, list, ascending(list)))),
  'neighbour-products': (list) => total(zip(multiply, list, list.slice(1))),
  'lag-k-products': (list, k) => total(zip(multiply, list, list.slice(k))),
  'mirror-products': (list) => total(zip(multiply, list, [...list].reverse())),
};

const LISTS = {
  'in-order': ascending,
  backwards: (list) => [...list].reverse(),
  'without-repeats': distinct,
  balances: runningSums,
  changes: (list) => deltas(list),
  'lag-k-differences': (list, k) => deltas(list, k),
  'second-differences': (list) => deltas(deltas(list)),
  'best-so-far': runningMax,
  'draw-downs': drawDowns,
  centred: (list) => minus(list, mean(list)),
  'below-the-best': (list) => list.map((one) => max(list) - one),
  'only-gains': (list) => list.map((one) => half(one + Math.abs(one))),
  'moving-pair-means': (list) => zip(add, list, list.slice(1)).map(half),
  'lag-k-sums': (list, k) => zip(add, list, list.slice(k)),
  'times-k': (list, k) => list.map((one) => one * k),
  'distance-to-order': (list) => zip((a, b) => a - b, list, ascending(list)),
  'highest-first': descending,
  'sizes-of-all': sizes,
  'even-ones': even,
};

/** @type {readonly Everyday[]} */
export const EVERYDAY = Object.entries({
  ...SUMMARIES,
  ...VARIATION,
  ...COUNTS,
  ...SUMS_OF_SOME,
  ...COURSE,
  ...LISTS,
}).map(([name, of]) => ({ name, of }));
