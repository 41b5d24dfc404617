/**
 * Where the mean of a series changes: PELT (Killick, Fearnhead & Eckley, "Optimal detection of changepoints with a
 * linear computational cost", JASA 107, 2012) for the places, a permutation test for whether there is one at all.
 */
import type { Rng } from '../core/rng.ts';
import { shuffled } from '../core/shuffled.ts';
import { mean, sampleSd, shortRangeScale } from './summary.ts';

export interface RateChanges {
  /** First index of each new stretch, ascending; empty where the test finds none. */
  readonly at: readonly number[];
  /** Of "the order of the values says nothing": share of orders that split at least as well. */
  readonly p: number;
}

/** Values on either side of a change: one value is no level. */
const SHORTEST = 2;
/** Times log n: the strengthened BIC of the paper's examples, for a mean and a place. */
const PENALTY = 3;
const ORDERS = 999;

/** @param values In time order. @param alpha Level of the test, in (0, 1). */
export function rateChanges(
  values: readonly number[],
  { rng, alpha }: { readonly rng: Rng; readonly alpha: number },
): RateChanges {
  if (values.length < 2 * SHORTEST) return { at: [], p: 1 };
  const observed = bestSplit(values).gain;
  let asGood = 1;
  for (let order = 0; order < ORDERS; order++) {
    if (bestSplit(shuffled(values, rng)).gain >= observed) asGood += 1;
  }
  const p = asGood / (ORDERS + 1);
  if (p > alpha) return { at: [], p };
  const places = pelt(values);
  // The test says that there is one: where the penalty hides it, the best single split is it.
  return { at: places.length > 0 ? places : [bestSplit(values).at], p };
}

/**
 * Minimises the sum of squares around the means of stretches, in units of σ², plus a penalty per change. σ is
 * taken from neighbouring values, which a change of level hardly touches.
 *
 * @returns First index of every stretch but the first.
 */
export function pelt(values: readonly number[]): readonly number[] {
  const n = values.length;
  const scale = shortRangeScale(values);
  const sigma = scale > 0 ? scale : sampleSd(values);
  if (!(sigma > 0)) return [];
  const cost = costsOf(values);
  const penalty = PENALTY * Math.log(n) * sigma ** 2;
  const best = [-penalty];
  const last = [0];
  let open = [0];
  for (let end = 1; end <= n; end++) {
    const fits = open.filter((from) => end - from >= SHORTEST);
    const total = (from: number): number => (best[from] ?? Infinity) + cost(from, end) + penalty;
    const from = fits.reduce((a, b) => (total(b) < total(a) ? b : a), fits[0] ?? 0);
    best[end] = fits.length > 0 ? total(from) : Infinity;
    last[end] = from;
    // Pruned: what is worse by now, even without a penalty, can never be the last change again.
    open = open.filter(
      (one) => end - one < SHORTEST || total(one) - penalty <= (best[end] ?? Infinity),
    );
    open.push(end);
  }
  const places: number[] = [];
  for (let at = last[n] ?? 0; at > 0; at = last[at] ?? 0) places.unshift(at);
  return places;
}

/** Sum of squares around the mean of values[from, to). */
function costsOf(values: readonly number[]): (from: number, to: number) => number {
  const centre = mean(values);
  const sums = [0];
  const squares = [0];
  values.forEach((value, i) => {
    sums.push((sums[i] ?? 0) + value - centre);
    squares.push((squares[i] ?? 0) + (value - centre) ** 2);
  });
  return (from, to) => {
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0);
    return (squares[to] ?? 0) - (squares[from] ?? 0) - sum ** 2 / (to - from);
  };
}

function bestSplit(values: readonly number[]): { readonly at: number; readonly gain: number } {
  const cost = costsOf(values);
  const n = values.length;
  let best = { at: SHORTEST, gain: -Infinity };
  for (let at = SHORTEST; at <= n - SHORTEST; at++) {
    const gain = cost(0, n) - cost(0, at) - cost(at, n);
    if (gain > best.gain) best = { at, gain };
  }
  return best;
}
