/**
 * Which of many attempts hold at once, in hindsight: the e-BH procedure (Wang & Ramdas, "False
 * discovery rate control with e-values", JRSS-B 2022). Valid however the e-values depend on each
 * other and whenever each was stopped. A summary: what it says is never a promotion or its end.
 */

/** Number of the largest e-values with e_(j) ≥ n / (α j); `logE`: their natural logarithms. */
export function eBhDiscoveries(logE: readonly number[], alpha: number): number {
  const sorted = [...logE].sort((a, b) => b - a);
  return sorted.findLastIndex((log, i) => log >= Math.log(logE.length / (alpha * (i + 1)))) + 1;
}
