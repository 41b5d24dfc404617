/**
 * Which operator to try next: probability matching (Goldberg 1990; Thierens, "An adaptive pursuit
 * strategy for allocating operator probabilities", GECCO 2005, eq. 2) on the improvement each
 * operator has paid per counted evaluation. Matching rather than pursuit: pursuit gives nearly all
 * to one winner, and operators here need each other (crossover lives on what subtree brought in).
 *
 * Deviations, because improvements are rare and noisy: credit is a ratio of discounted sums (the
 * forgetting of Fialho et al., "Analyzing bandit-based adaptive operator selection mechanisms",
 * Ann. Math. Artif. Intell. 60, 2010), shrunk towards what all operators paid together, and an
 * improvement counts only beyond two standard errors.
 */
import type { Rng } from '../../core/rng.ts';

/** One entry per operator; everything is discounted, so nothing grows without bound. */
export interface PortfolioState {
  /** Improvement beyond doubt, in noise scales. */
  readonly gained: readonly number[];
  /** Counted evaluations. */
  readonly spent: readonly number[];
}

/** What one settled trial of an operator gave. */
export interface Payment {
  /** Mean gain over the reference in noise scales, or null without a score. */
  readonly gain: number | null;
  /** Evaluations behind it. */
  readonly evals: number;
}

/** Share of the probability that is spread evenly, whatever was learnt. */
export const EXPLORATION = 0.2;

/** Weight left to a trial after one more: half after about 700 trials. */
const MEMORY = 0.999;

/** Evaluations of the common mean that each operator is credited with at the start. */
const PRIOR_EVALS = 50;

/**
 * Standard errors taken off a gain before it counts. Without it a harmless operator, whose children
 * equal the incumbent, earns half the noise at one evaluation each and outbids real improvements.
 */
const DOUBT = 2;

export function newPortfolio(operators: number): PortfolioState {
  return { gained: Array(operators).fill(0), spent: Array(operators).fill(0) };
}

/** Improvement per evaluation of each operator, ≥ 0, shrunk towards that of all together. */
export function credits({ gained, spent }: PortfolioState): readonly number[] {
  const evals = sum(spent);
  const common = evals > 0 ? sum(gained) / evals : 0;
  return gained.map(
    (gain, i) => (gain + PRIOR_EVALS * common) / ((spent[i] as number) + PRIOR_EVALS),
  );
}

/** Sums to 1; each at least EXPLORATION / operators. Even as long as nothing has paid. */
export function probabilities(state: PortfolioState): readonly number[] {
  const paid = credits(state);
  const total = sum(paid);
  const floor = EXPLORATION / paid.length;
  return paid.map((credit) =>
    total > 0 ? floor + (1 - EXPLORATION) * (credit / total) : 1 / paid.length,
  );
}

/** Index of an operator; one number of the stream. */
export function chooseOperator(weights: readonly number[], rng: Rng): number {
  let left = rng.float() * sum(weights);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** The portfolio after one more trial; one that cost nothing (a duplicate) teaches nothing. */
export function credited(
  state: PortfolioState,
  operator: number,
  { gain, evals }: Payment,
): PortfolioState {
  if (evals <= 0 || state.gained[operator] === undefined) return state;
  const improvement = Math.max(0, (gain ?? 0) - DOUBT / Math.sqrt(evals));
  const discounted = (values: readonly number[], more: number): number[] =>
    values.map((value, i) => MEMORY * value + (i === operator ? more : 0));
  return {
    gained: discounted(state.gained, improvement),
    spent: discounted(state.spent, evals),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
