/**
 * Expects of every draft of a proposer what came of its drafts before: the base rate (climatology, Murphy 1973),
 * which is what any other taste has to beat. It ranks nothing.
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

/** By proposer. */
export type BaseRates = Readonly<Record<string, BaseRate>>;

const NOTHING_SEEN: BaseRate = { n: 0, better: 0, scored: 0, mean: 0, squares: 0 };

export function uniformTaste(): Taste<BaseRates> {
  return {
    name: 'uniform',
    traits: { repeatable: true },
    init: () => ({}),
    predict: (state, { drafts }) =>
      drafts.map(({ proposer }) => ({ ...baseRateOf(state, proposer), rank: 0 })),
    tell: withOne,
  };
}

/** With one success and one failure before the first (Laplace): never 0 and never 1. */
export function baseRateOf(state: BaseRates, proposer: string): Omit<Forecast, 'rank'> {
  const { n, better, scored, mean, squares } = state[proposer] ?? NOTHING_SEEN;
  const chance = (better + 1) / (n + 2);
  if (scored < 2) return { chance };
  return { chance, effect: mean, sd: Math.sqrt(squares / (scored - 1)) };
}

export function withOne(state: BaseRates, judged: Judged): BaseRates {
  const { better, atRandom, proposer } = judged;
  if (better === null || !atRandom) return state;
  return { ...state, [proposer]: counted(state[proposer] ?? NOTHING_SEEN, judged) };
}

function counted(before: BaseRate, { better, score, over }: Judged): BaseRate {
  const one = { ...before, n: before.n + 1, better: before.better + (better ? 1 : 0) };
  if (score === null) return one;
  const scored = before.scored + 1;
  const away = score - over - before.mean;
  const mean = before.mean + away / scored;
  return { ...one, scored, mean, squares: before.squares + away * (score - over - mean) };
}
