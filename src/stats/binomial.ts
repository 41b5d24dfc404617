/** Tail of the binomial distribution, exact: for counts too small to lean on a normal one. */

/** P(X ≤ k) of n trials that succeed with probability p in (0, 1); 1 for k ≥ n, 0 for k < 0. */
export function binomialAtMost(k: number, n: number, p: number): number {
  if (k >= n) return 1;
  let log = n * Math.log1p(-p);
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(log);
    log += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}
