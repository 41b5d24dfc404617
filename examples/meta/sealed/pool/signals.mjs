/** A row of samples. */
import { clamp, count, differences, floorDiv, scan, sum } from '../arithmetic.mjs';

const isPeak = (x, i, list) => i > 0 && i < list.length - 1 && x > list[i - 1] && x > list[i + 1];

export const simple = {
  stepsBetweenSamples: (list) => differences(list),
  signs: (list) => list.map((x) => Math.sign(x)),
  rectified: (list) => list.map((x) => Math.max(x, 0)),
  everyKthSample: (list, k) => list.filter((_, i) => i % k === 0),
};

export const medium = {
  /** Zeros have no sign and are passed over. */
  signChanges: (list) => {
    const signed = list.filter((x) => x !== 0);
    return count(signed, (x, i) => i > 0 && x > 0 !== signed[i - 1] > 0);
  },
  peaks: (list) => list.filter(isPeak),
  lagDifferences: (list, k) => list.slice(k).map((x, i) => x - list[i]),
  totalVariation: (list) => sum(differences(list).map((d) => Math.abs(d))),
};

export const composed = {
  smoothedByHalves: (list) =>
    scan(list, (state, x, i) => (i === 0 ? x : floorDiv(state + x, 2)), 0),
  /** On above 2k, off below zero, otherwise as before. */
  schmittTrigger: (list, k) => scan(list, (on, x) => (x > 2 * k ? 1 : x < 0 ? 0 : on), 0),
  lagProductSum: (list, k) => sum(list.slice(k).map((x, i) => x * list[i])),
  /** No step larger than 2k: the output follows as fast as it may. */
  slewLimited: (list, k) =>
    scan(list, (state, x, i) => (i === 0 ? x : state + clamp(x - state, -2 * k, 2 * k)), 0),
};
