/** Exact tests of paired and unpaired counts, for checks that ask whether two conditions differ at all. */
import { logGamma } from './distributions.ts';

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** log P(X ≥ k) for X binomial(n, ½), summed from the largest term down; 0 for k ≤ 0. */
function logUpperTail(k: number, n: number): number {
  if (k <= 0) return 0;
  const logs: number[] = [];
  for (let i = k; i <= n; i++) logs.push(logChoose(n, i) - n * Math.LN2);
  const most = Math.max(...logs);
  return Math.min(0, most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0)));
}

/** Pairs that differ: `first` where only the first condition succeeded, `second` where only the second. */
export interface Discordant {
  readonly first: number;
  readonly second: number;
}

/**
 * Exact McNemar test (McNemar, Psychometrika 12, 1947; exact as the sign test on discordant pairs): the
 * probability of a split at least as uneven, towards `first` (`greater`) or either way. 1 where no pair differs.
 * With all pairs on one side it takes 10 for a one-sided p below 1e-3, 11 for a two-sided one.
 */
export function exactMcNemar(
  { first, second }: Discordant,
  side: 'greater' | 'both' = 'both',
): number {
  const n = first + second;
  if (side === 'greater') return Math.exp(logUpperTail(first, n));
  return Math.min(1, 2 * Math.exp(logUpperTail(Math.max(first, second), n)));
}

/**
 * Which of the hypotheses are rejected with a family-wise error of at most `alpha` (Holm, Scand. J. Stat. 6,
 * 1979): in the order given. A p-value that is NaN rejects nothing.
 */
export function holm(pValues: readonly number[], alpha: number): readonly boolean[] {
  const order = pValues
    .map((p, at) => ({ p: Number.isNaN(p) ? 1 : p, at }))
    .sort((a, b) => a.p - b.p);
  const rejected = pValues.map(() => false);
  for (const [rank, { p, at }] of order.entries()) {
    if (!(p <= alpha / (pValues.length - rank))) break;
    rejected[at] = true;
  }
  return rejected;
}

/** How often a sign was −1, 0 and 1. */
type Counts = readonly [worse: number, equal: number, better: number];

function countsOf(signs: readonly number[]): Counts {
  const of = (sign: number): number => signs.filter((one) => Math.sign(one) === sign).length;
  return [of(-1), of(0), of(1)];
}

/**
 * Exact one-sided permutation test on signs (Fisher–Pitman; Fisher's exact test where no sign is 0): under "both
 * groups are draws from one population", the probability that the first group's signs would sum to as much or
 * more. 1 where a group is empty.
 */
export function signPermutationTest(first: readonly number[], second: readonly number[]): number {
  const n = first.length;
  if (n === 0 || second.length === 0) return 1;
  const observed = first.reduce((sum, one) => sum + Math.sign(one), 0);
  const [worse, equal, better] = countsOf([...first, ...second]);
  const all = logChoose(n + second.length, n);
  let p = 0;
  for (let up = 0; up <= Math.min(better, n); up++) {
    for (let down = Math.max(0, n - up - equal); down <= Math.min(worse, n - up); down++) {
      if (up - down < observed) continue;
      const ways = logChoose(better, up) + logChoose(worse, down) + logChoose(equal, n - up - down);
      p += Math.exp(ways - all);
    }
  }
  return Math.min(1, p);
}
