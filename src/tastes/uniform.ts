/**
 * Expects of every draft what came of all before: the base rate (climatology, Murphy 1973), which is what any
 * other taste has to beat. It ranks nothing.
 */
import type { Forecast, Judged, Taste } from './contract.ts';

/** Running sums over trials that nobody chose. */
export interface BaseRate {
  readonly n: number;
  readonly better: number;
  /** Of those with a score: their number, mean gain and sum of squared deviations (Welford 1962). */
  readonly scored: number;
  readonly mean: number;
  readonly squares: number;
}

export const NOTHING_SEEN: BaseRate = { n: 0, better: 0, scored: 0, mean: 0, squares: 0 };

export function uniformTaste(): Taste<BaseRate> {
  return {
    name: 'uniform',
    traits: { repeatable: true },
    init: () => NOTHING_SEEN,
    predict: (state, { drafts }) => drafts.map(() => ({ ...baseRateOf(state), rank: 0 })),
    tell: withOne,
  };
}

/** With one success and one failure before the first (Laplace): never 0 and never 1. */
export function baseRateOf({ n, better, scored, mean, squares }: BaseRate): Omit<Forecast, 'rank'> {
  const chance = (better + 1) / (n + 2);
  if (scored < 2) return { chance };
  return { chance, effect: mean, sd: Math.sqrt(squares / (scored - 1)) };
}

export function withOne(state: BaseRate, { better, score, over, atRandom }: Judged): BaseRate {
  if (better === null || !atRandom) return state;
  const counted = { ...state, n: state.n + 1, better: state.better + (better ? 1 : 0) };
  if (score === null) return counted;
  const scored = state.scored + 1;
  const away = score - over - state.mean;
  const mean = state.mean + away / scored;
  return { ...counted, scored, mean, squares: state.squares + away * (score - over - mean) };
}
