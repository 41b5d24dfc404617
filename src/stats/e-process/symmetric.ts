import { logMeanExp } from '../log-sum-exp.ts';

/** Bets in units of 1/scale: from effects of four scales to a quarter. */
const BETS = [0.25, 0.5, 1, 2, 4] as const;
/** Caps on one pair's loss: log 2.5 for the wary half, log 20 for the bold one. */
const CAPS = [0.6, 0.95] as const;
/** Each bet with each cap: the equal parts of the mixture. */
export const SYMMETRIC_PARTS: readonly { readonly bet: number; readonly cap: number }[] =
  CAPS.flatMap((cap) => BETS.map((bet) => ({ bet, cap })));
/** The most one pair can add to log K. */
export const SYMMETRIC_MAX_LOG_GROWTH: number = Math.log1p(Math.max(...CAPS));

/**
 * Method A, the capped symmetric e-process:
 * K_n = (1/10) Σ_{λ,κ} Π_{i≤n} [1 + κ·tanh(λ(D_i − m))], λ = bet/scale.
 *
 * H0: given the past, D − m is symmetric about 0, or P(D − m > t) ≤ P(D − m < −t) for all t ≥ 0.
 * Exact for every exchangeable pair: any tail, drift or autocorrelation. Related: Efron, JASA 64
 * (1969); de la Peña, Ann. Probab. 27 (1999); Ramdas, Ruf, Larsson & Koolen, arXiv 2009.03167 (2020).
 * The cap is ours: it keeps the power under outliers. An infinite difference is a sign and no size: it
 * needs no scale and sets none.
 */
export function symmetric(spec: {
  readonly scale: number;
  readonly margin: number;
}): (difference: number) => number {
  let { scale } = spec;
  // By cap, then by bet: in another order the mean would round differently.
  const caps = CAPS.flatMap((cap) => BETS.map(() => cap));
  const logs = caps.map(() => 0);
  return (difference) => {
    const gain = difference - spec.margin;
    if (scale === 0 && Number.isFinite(gain)) scale = Math.abs(gain);
    if (gain !== 0) {
      for (let i = 0; i < BETS.length; i++) {
        const turn = Math.tanh(((BETS[i] ?? 0) * gain) / scale);
        for (let at = i; at < logs.length; at += BETS.length) {
          logs[at] = (logs[at] ?? 0) + Math.log1p((caps[at] ?? 0) * turn);
        }
      }
    }
    return logMeanExp(logs);
  };
}
