/**
 * The parts that the generated functions are made of: 19 selections, 17 transforms, 20 reducers, and nothing else.
 *
 * Each is what an expression in the solver's language would do: a mean is rounded down, a fold or scan of an
 * empty list fails, and so does taking away what is not there. Failure is null. `takesK` tells those that use k.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {boolean} takesK
 * @property {(list: readonly number[], k: number) => number | readonly number[] | null} of
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

const part = (name, of) => Object.freeze({ name, takesK: false, of });
const partOfK = (name, of) => Object.freeze({ name, takesK: true, of });
/** Fails on lists shorter than `least`. */
const partFrom = (least, name, of) =>
  part(name, (list, k) => (list.length < least ? null : of(list, k)));

/** The selection and the transform that change nothing. */
export const ALL = 'all';
export const IDENTITY = 'identity';
/** The reducer that gives the list. */
export const LIST = 'list';

/** @type {readonly Part[]} list → list */
export const SELECTIONS = [
  part(ALL, (list) => list),
  part('positive', (list) => list.filter((one) => one > 0)),
  part('negative', (list) => list.filter((one) => one < 0)),
  part('even', (list) => list.filter((one) => one % 2 === 0)),
  part('odd', (list) => list.filter((one) => one % 2 !== 0)),
  partOfK('k-largest', (list, k) => ascending(list).reverse().slice(0, k)),
  partOfK('k-smallest', (list, k) => ascending(list).slice(0, k)),
  partOfK('first-k', (list, k) => list.slice(0, k)),
  partOfK('last-k', (list, k) => list.slice(-k)),
  partOfK('after-k', (list, k) => list.slice(k)),
  partFrom(2, 'without-extremes', (list) => ascending(list).slice(1, -1)),
  partFrom(1, 'above-mean', (list) => list.filter((one) => one > mean(list))),
  partFrom(1, 'below-mean', (list) => list.filter((one) => one < mean(list))),
  partFrom(1, 'above-median', (list) => list.filter((one) => one > median(list))),
  part('distinct', distinct),
  partOfK('above-k', (list, k) => list.filter((one) => one > k)),
  part('sorted', ascending),
  partFrom(1, 'without-first', (list) => list.slice(1)),
  partFrom(1, 'without-max', (list) => ascending(list).slice(0, -1)),
];

/** @type {readonly Part[]} list → list */
export const TRANSFORMS = [
  part(IDENTITY, (list) => list),
  partFrom(1, 'deltas', (list) => deltas(list)),
  partFrom(1, 'absolute-deltas', (list) => sizes(deltas(list))),
  partFrom(1, 'prefix-sums', runningSums),
  part('squares', squares),
  part('absolute', sizes),
  partFrom(1, 'minus-mean', (list) => minus(list, mean(list))),
  partFrom(1, 'minus-median', (list) => minus(list, median(list))),
  partFrom(1, 'distance-to-mean', (list) => sizes(minus(list, mean(list)))),
  partFrom(1, 'running-max', runningMax),
  partFrom(1, 'running-min', runningMin),
  partFrom(1, 'minus-min', (list) => minus(list, min(list))),
  partFrom(1, 'below-running-max', (list) => zip((top, one) => top - one, runningMax(list), list)),
  partFrom(1, 'gaps', (list) => deltas(ascending(list))),
  partFrom(1, 'neighbour-sums', (list) => zip((a, b) => a + b, list, list.slice(1))),
  part('reverse', (list) => [...list].reverse()),
  partOfK('plus-k', (list, k) => list.map((one) => one + k)),
];

/** @type {readonly Part[]} list → number, and the list itself */
export const REDUCERS = [
  partFrom(1, 'sum', total),
  partFrom(1, 'max', max),
  partFrom(1, 'min', min),
  partFrom(1, 'range', (list) => max(list) - min(list)),
  partFrom(1, 'mean', mean),
  partFrom(1, 'median', median),
  part('count', (list) => list.length),
  partFrom(1, 'last', last),
  partFrom(1, 'first', (list) => list[0]),
  partFrom(2, 'second-largest', (list) => ascending(list)[list.length - 2]),
  partFrom(1, 'sum-of-squares', (list) => total(squares(list))),
  partFrom(1, 'sum-of-absolute', (list) => total(sizes(list))),
  part('count-positive', (list) => list.filter((one) => one > 0).length),
  partFrom(1, 'count-above-mean', (list) => list.filter((one) => one > mean(list)).length),
  partFrom(1, 'max-absolute', (list) => max(sizes(list))),
  part('count-distinct', (list) => distinct(list).length),
  partOfK('kth-smallest', (list, k) => (list.length < k ? null : ascending(list)[k - 1])),
  partFrom(1, 'midrange', (list) => Math.floor((max(list) + min(list)) / 2)),
  partFrom(1, 'mean-absolute', (list) => mean(sizes(list))),
  part(LIST, (list) => list),
];
