/**
 * Arithmetic of lists of whole numbers, as the solver's language does it: means are rounded down, the median of
 * an even count is the upper one. What an empty list does not have is NaN or undefined.
 */

export const ascending = (list) => [...list].sort((a, b) => a - b);
export const total = (list) =>
  list.length === 0 ? Number.NaN : list.reduce((sum, one) => sum + one, 0);
export const mean = (list) => Math.floor(total(list) / list.length);
export const median = (list) => ascending(list)[list.length >> 1];
export const max = (list) => (list.length === 0 ? Number.NaN : Math.max(...list));
export const min = (list) => (list.length === 0 ? Number.NaN : Math.min(...list));
export const last = (list) => list[list.length - 1];
export const distinct = (list) => [...new Set(list)];
export const sizes = (list) => list.map(Math.abs);
export const squares = (list) => list.map((one) => one * one);
export const minus = (list, value) => list.map((one) => one - value);

/** Element by element, as long as the shorter of the two. */
export const zip = (join, left, right) =>
  left.slice(0, right.length).map((one, at) => join(one, right[at]));

/** Each element minus the one `lag` before it. */
export const deltas = (list, lag = 1) => zip((now, then) => now - then, list.slice(lag), list);

/** All results of joining the elements so far, from the left. */
export function running(list, join) {
  const out = [];
  for (const one of list) out.push(out.length === 0 ? one : join(last(out), one));
  return out;
}

export const runningMax = (list) => running(list, (top, one) => Math.max(top, one));
export const runningMin = (list) => running(list, (low, one) => Math.min(low, one));
export const runningSums = (list) => running(list, (sum, one) => sum + one);
