/**
 * Evidence that something changed, at a time nobody knows: an e-process with a start at every look. Look j
 * puts the share γ_j (stats/online-testing.ts) of the stake on "it began here"; what is not yet staked stays
 * as it is. A mixture of e-processes is one, so P(it ever reaches 1/α) ≤ α while nothing changed, however
 * often one looks (Ville 1939). The idea of starting anew at each time: Shin, Ramdas & Rinaldo, "E-detectors:
 * a nonparametric framework for sequential change detection", New England J. Stat. Data Sci. (2023); the
 * shares are ours, and cost a change at look j log(1/γ_j) nats of delay: 0.7 at the first, 8.4 at the 100th.
 *
 * Only bets of fixed size can be started anew without remembering every observation: their product from all
 * starts is one number.
 */
import { gammaShare } from './online-testing.ts';

/** Log factors of one look, one for each bet: each a fair game or worse while nothing changed. */
export type LookFactors = readonly number[];

export class EDetector {
  private readonly logs: number[];
  private looks = 0;
  private staked = 0;

  /** `bets`: equal parts of the mixture. */
  constructor(bets: number) {
    this.logs = Array.from({ length: bets }, () => Number.NEGATIVE_INFINITY);
  }

  /** Takes the factors of the next look, and returns log E after it. */
  look(factors: LookFactors): number {
    this.looks += 1;
    const share = gammaShare(this.looks);
    this.staked += share;
    for (const [i, log] of this.logs.entries()) {
      this.logs[i] = logSum(log, Math.log(share)) + (factors[i] ?? 0);
    }
    const mean = logSumAll(this.logs) - Math.log(this.logs.length);
    return logSum(mean, Math.log1p(-Math.min(1, this.staked)));
  }
}

function logSum(a: number, b: number): number {
  const top = Math.max(a, b);
  return Number.isFinite(top) ? top + Math.log1p(Math.exp(Math.min(a, b) - top)) : top;
}

function logSumAll(logs: readonly number[]): number {
  return logs.reduce(logSum, Number.NEGATIVE_INFINITY);
}
