import { normalQuantile } from './distributions.ts';

/** Wilson score interval for a rate (Wilson, JASA 22, 1927): honest near 0 and 1. [0, 1] for n = 0. */
export function wilson(successes: number, n: number, level = 0.95): readonly [number, number] {
  if (n === 0) return [0, 1];
  const z = normalQuantile(0.5 + level / 2);
  const rate = successes / n;
  const shrink = 1 + (z * z) / n;
  const centre = (rate + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
