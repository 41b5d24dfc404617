import { logRegularisedBeta } from '../distributions.ts';
import { logBeta } from '../gamma-function.ts';

/**
 * Method B, the beta-binomial e-value on discordant instances: with w instances only the candidate
 * passes and l only the incumbent,
 * K = 2^{w+l} · 2·B(a+w, a+l)·[1 − I_{1/2}(a+w, a+l)] / B(a, a).
 *
 * H0: P(win | past) ≤ P(loss | past), the mean null of paired pass/fail. Ties are ignored; only the
 * sign of a difference counts, so a crash is one loss. It is the mixture of Π 2θ^w(1−θ)^l over
 * θ ∈ (½, 1) with a truncated Beta(a, a) prior, hence at most doubles in one step.
 */
export function passfail(spec: { readonly a: number }): (difference: number) => number {
  const { a } = spec;
  const priorLog = logBeta(a, a);
  let wins = 0;
  let losses = 0;
  return (difference) => {
    if (difference > 0) wins += 1;
    if (difference < 0) losses += 1;
    const aboveHalf = logRegularisedBeta(0.5, a + losses, a + wins);
    const doublings = (wins + losses + 1) * Math.LN2;
    return doublings + logBeta(a + wins, a + losses) + aboveHalf - priorLog;
  };
}
