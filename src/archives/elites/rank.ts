/** The order of elites by what they are probably worth, and what a new measurement makes of one. */
import { shrunkenRanks } from '../../stats/shrinkage.ts';
import { mean } from '../../stats/summary.ts';
import type { Elite } from '../contract.ts';

/** One rank for each, higher is better: of no meaning but among these elites. */
export function ranksOf(elites: readonly Elite[]): readonly number[] {
  const estimates = elites.map(({ score, n }) => ({ mean: score, n }));
  return shrunkenRanks(estimates, elites[0]?.noise ?? 0);
}

/** Best first; of equals the smaller one, then the one that came first in the list. */
export function byRank(elites: readonly Elite[]): readonly Elite[] {
  const ranks = ranksOf(elites);
  return elites
    .map((elite, i) => ({ elite, rank: ranks[i] ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => b.rank - a.rank || a.elite.size - b.elite.size)
    .map(({ elite }) => elite);
}

/** The first of `byRank` that passes, without sorting the others. */
export function leading(
  elites: readonly Elite[],
  passes: (elite: Elite) => boolean = () => true,
): Elite | undefined {
  const ranks = ranksOf(elites);
  let at = -1;
  elites.forEach((elite, i) => {
    if (!passes(elite)) return;
    const lead = at < 0 ? 1 : (ranks[i] ?? Number.NaN) - (ranks[at] ?? Number.NaN);
    if (lead > 0 || (lead === 0 && elite.size < (elites[at]?.size ?? 0))) at = i;
  });
  return elites[at];
}

/** The same elite with more evaluations behind its score; another object, views keep what they saw. */
export function measuredAgain(elite: Elite, values: readonly number[]): Elite {
  if (values.length === 0) return elite;
  const n = elite.n + values.length;
  return { ...elite, score: (elite.score * elite.n + mean(values) * values.length) / n, n };
}
