/** How well a score tells two classes apart, whatever threshold one takes: the ROC curve and the area below it. */
import { normalQuantile } from './distributions.ts';

/** At this score and above it: so many of the bad are called, and so many of the good. */
export interface RocPoint {
  readonly score: number;
  readonly caught: number;
  readonly alarms: number;
}

export interface Roc {
  readonly bad: number;
  readonly good: number;
  /** From the highest score down to the lowest, one for each that occurs. */
  readonly points: readonly RocPoint[];
  /** Chance that a bad one scores above a good one, ties by half; absent without one of each. */
  readonly area?: number;
  /** 95 %, both sides. */
  readonly interval?: readonly [number, number];
}

export function rocOf(bad: readonly number[], good: readonly number[]): Roc {
  const scores = [...new Set([...bad, ...good])].sort((a, b) => b - a);
  const above = (all: readonly number[], score: number): number =>
    all.filter((one) => one >= score).length;
  const points = scores.map((score) => {
    return { score, caught: above(bad, score), alarms: above(good, score) };
  });
  const counts = { bad: bad.length, good: good.length, points };
  if (bad.length === 0 || good.length === 0) return counts;
  const wins = bad.reduce((sum, one) => sum + winsOver(one, good), 0);
  const area = wins / (bad.length * good.length);
  return { ...counts, area, interval: areaInterval(area, bad.length, good.length) };
}

function winsOver(score: number, others: readonly number[]): number {
  return others.reduce((sum, other) => sum + (score > other ? 1 : score === other ? 1 / 2 : 0), 0);
}

/** So many halvings leave less than any print shows. */
const HALVINGS = 60;

/**
 * Interval of an area under the ROC curve, 95 %: those areas whose own standard error would explain the one found
 * (Newcombe, Statistics in Medicine 25:559, 2006, method 5: the variance of Hanley and McNeil with both sizes
 * replaced by their mean). It has a width at 0 and 1 too, where the usual one has none.
 */
export function areaInterval(area: number, m: number, n: number): readonly [number, number] {
  const z = normalQuantile(0.975);
  const size = (m + n) / 2 - 1;
  const explains = (other: number): boolean => {
    const shape = 1 + size * ((1 - other) / (2 - other) + other / (1 + other));
    const variance = (other * (1 - other) * shape) / (m * n);
    return Math.abs(area - other) <= z * Math.sqrt(variance);
  };
  return [boundary(area, 0, explains), boundary(area, 1, explains)];
}

/** Between what explains and an end that may not. */
function boundary(from: number, end: number, explains: (area: number) => boolean): number {
  if (explains(end)) return end;
  let [inside, outside] = [from, end];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (inside + outside) / 2;
    if (explains(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
