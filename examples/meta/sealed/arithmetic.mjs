/** The few words that the functions of the pool share. Whatever has no value for an empty list gives null. */

export const sum = (list) => list.reduce((total, x) => total + x, 0);
export const largest = (list) => (list.length === 0 ? null : Math.max(...list));
export const smallest = (list) => (list.length === 0 ? null : Math.min(...list));
export const ascending = (list) => list.toSorted((a, b) => a - b);
export const descending = (list) => list.toSorted((a, b) => b - a);
export const distinct = (list) => [...new Set(list)];

/** Rounded towards minus infinity, also for negative numbers. */
export const floorDiv = (a, b) => Math.floor(a / b);
/** Between 0 (included) and `b`, also for negative numbers. */
export const mod = (a, b) => ((a % b) + b) % b;
export const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

export const mean = (list) => (list.length === 0 ? null : floorDiv(sum(list), list.length));
/** The lower of the two in the middle of an even number. */
export const median = (list) =>
  list.length === 0 ? null : ascending(list)[floorDiv(list.length - 1, 2)];

export const count = (list, test) => list.filter(test).length;

/** Every state of a fold, without the one it starts with. */
export function scan(list, step, start) {
  let state = start;
  return list.map((x, i) => {
    state = step(state, x, i);
    return state;
  });
}

export const runningSums = (list) => scan(list, (total, x) => total + x, 0);
export const differences = (list) => list.slice(1).map((x, i) => x - list[i]);

/** All stretches of `size` neighbours, overlapping. */
export const windows = (list, size) => list.slice(size - 1).map((_, i) => list.slice(i, i + size));

/** Consecutive blocks of `size`; the last may be shorter. */
export const chunks = (list, size) =>
  list.filter((_, i) => i % size === 0).map((_, i) => list.slice(i * size, (i + 1) * size));

/** Maximal stretches in which `joins(previous, next)` holds for all neighbours. */
export function stretches(list, joins) {
  const found = [];
  list.forEach((x, i) => {
    if (i > 0 && joins(list[i - 1], x)) found.at(-1).push(x);
    else found.push([x]);
  });
  return found;
}

/** All pairs, the earlier element first. */
export const pairs = (list) => list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]));

export const largestIndex = (list) => list.indexOf(Math.max(...list));
export const smallestIndex = (list) => list.indexOf(Math.min(...list));
