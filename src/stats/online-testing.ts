/** How one study's error budget is shared over its confirm attempts (acceptance.md §2). */
import { logGamma } from './gamma-function.ts';

/** `fwer`: no false promotion ever, with probability ≥ 1 − α. `e-lond`: their share stays ≤ α. */
export type ErrorMode = 'fwer' | 'e-lond';

/** Σ_{j≥2} 1/(j ln² j): makes the shares sum to 1. */
const SHARE_TOTAL = 2.1097428012;

/** γ_k, k = 1, 2, …: the part of α that index k may spend. Falls slowly, so candidate 100,000 still has a chance. */
export function gammaShare(k: number): number {
  return 1 / (SHARE_TOTAL * (k + 1) * Math.log(k + 1) ** 2);
}

/**
 * The smallest index neither spent nor in flight. A promoted attempt gives its index back, so it is
 * in neither list; failed, futile, aborted and rolled-back attempts stay spent. Counting "failed +
 * in flight" instead can hand out one index twice.
 */
export function nextIndex(spent: readonly number[], inFlight: readonly number[]): number {
  const taken = new Set([...spent, ...inFlight]);
  let k = 1;
  while (taken.has(k)) k += 1;
  return k;
}

/**
 * Level of the attempt with index k: α·γ_k. Strong control of any false promotion, ever; the
 * adaptive relative of Tian & Ramdas, "Online control of the familywise error rate" (2021).
 */
export function fwerLevel(alpha: number, k: number): number {
  return alpha * gammaShare(k);
}

/**
 * e-LOND (Xu & Ramdas, "Online multiple testing with e-values", AISTATS 2024): level of attempt t
 * (1-based, every attempt counts) after `promotedBefore` promotions. FDR ≤ α under any dependence.
 */
export function eLondLevel(alpha: number, t: number, promotedBefore: number): number {
  return alpha * gammaShare(t) * (promotedBefore + 1);
}

/**
 * Level of attempt `t` (1-based) on cases that all attempts share, `accepted` of the earlier ones so far, where
 * nothing but accepted or not is told: α·γ_t·2^{−(d+1)}/C(t−1, d). Before the first yes every answer
 * is no, so the questions are fixed in advance; with d of them it is a union over the C(t−1, d)
 * transcripts there could have been (acceptance.md §3.2).
 */
export function poolLevel(alpha: number, t: number, accepted: number): number {
  const transcripts = logGamma(t) - logGamma(accepted + 1) - logGamma(t - accepted);
  return alpha * gammaShare(t) * Math.exp(-(accepted + 1) * Math.LN2 - transcripts);
}

/** Levels of sequential attempts whose outcomes (true = promoted) are known. */
export function levelsFor(mode: ErrorMode, alpha: number, outcomes: readonly boolean[]): number[] {
  let promoted = 0;
  return outcomes.map((outcome, i) => {
    const before = promoted;
    if (outcome) promoted += 1;
    return mode === 'fwer' ? fwerLevel(alpha, i - before + 1) : eLondLevel(alpha, i + 1, before);
  });
}

/**
 * Level of the attempt after these `outcomes` under LORD++ with W₀ = α/2 (Javanmard & Montanari 2018;
 * Ramdas, Yang, Wainwright & Jordan 2017), for comparison only. It does not carry the promise: once true
 * promotions occur, "any false promotion" rises far above α (15 % measured against 1 %).
 */
export function lordPlusPlusLevel(alpha: number, outcomes: readonly boolean[]): number {
  const wealth = alpha / 2;
  const t = outcomes.length + 1;
  const earlier = outcomes.flatMap((outcome, i) => (outcome ? [i + 1] : []));
  const earned = earlier.map((tau, j) => (j === 0 ? alpha - wealth : alpha) * gammaShare(t - tau));
  return gammaShare(t) * wealth + earned.reduce((sum, level) => sum + level, 0);
}
