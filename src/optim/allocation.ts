/**
 * One budget over many searches, turn by turn. Each has a share, and the turn belongs to whoever is
 * furthest behind it: stride scheduling (Waldspurger & Weihl, "Stride scheduling", MIT/LCS/TM-528, 1995).
 *
 * By gain, shares are proportional to the expected gain per cost: what a search gained of late, forgotten
 * by a fifth each turn, because searches give less and less (rotting bandits: Heidari, Kearns & Roth,
 * IJCAI 2016; Levine, Crammer & Mannor, NIPS 2017), and drawn towards the mean of all by so much as three
 * turns are worth, because gains are few and come in steps. Those papers give the whole turn to the largest
 * estimate. With as little as one step in a turn that starves good searches: in simulations it lost to
 * equal shares, and proportional shares did not (bench/portfolio.ts, docs/decisions/0031). The shares and
 * both constants are ours, chosen there on other seeds than those that are reported.
 */

/** What is known of one search. Costs are in one unit for all, gains in one that may be compared. */
export interface Account {
  /** What a gain of it is worth beside a gain of another, > 0. */
  readonly weight: number;
  /** Of late, as `afterTurn` keeps them. */
  readonly gain: number;
  readonly cost: number;
  /** Cost so far, each turn's over the share it was given by: equal for all where shares are kept. */
  readonly pass: number;
}

export interface Share {
  /** Of the whole budget; all together are 1. */
  readonly share: number;
  /** Expected gain per cost, unweighted. */
  readonly rate: number;
}

/** Of what a search gained and cost, kept from one of its turns to the next. */
const KEPT = 0.8;
/** Turns of the mean of all that every search is thought to have had besides. */
const PRIOR_TURNS = 3;

export const NEW_ACCOUNT: Omit<Account, 'weight'> = { gain: 0, cost: 0, pass: 0 };

export function afterTurn<T extends Account>(
  account: T,
  turn: { readonly gain: number; readonly cost: number; readonly share: number },
): T {
  return {
    ...account,
    gain: KEPT * account.gain + turn.gain,
    cost: KEPT * account.cost + turn.cost,
    pass: account.pass + turn.cost / turn.share,
  };
}

/**
 * @param least part of an equal share that each has whatever it gains, in [0, 1]; 1 is equal shares.
 * @param turnCost what a turn costs on average; 0 before the first.
 */
export function sharesByGain(
  accounts: readonly Account[],
  { least, turnCost }: { readonly least: number; readonly turnCost: number },
): readonly Share[] {
  const total = (key: 'gain' | 'cost') => accounts.reduce((sum, one) => sum + one[key], 0);
  const cost = total('cost');
  const pooled = cost > 0 ? total('gain') / cost : 0;
  const prior = PRIOR_TURNS * turnCost;
  const rates = accounts.map(({ gain, cost: spent }) =>
    spent + prior > 0 ? (gain + prior * pooled) / (spent + prior) : 0,
  );
  // Before anything is gained all are expected to gain the same.
  const worth = proportional(
    accounts.map(({ weight }, i) => weight * (pooled > 0 ? (rates[i] ?? 0) : 1)),
  );
  const equal = proportional(accounts.map(() => 1));
  return rates.map((rate, i) => ({
    share: least * (equal[i] ?? 0) + (1 - least) * (worth[i] ?? 0),
    rate,
  }));
}

/** Shares in proportion to the weights, whatever is gained. */
export function sharesByWeight(accounts: readonly Account[]): readonly Share[] {
  const shares = proportional(accounts.map(({ weight }) => weight));
  return accounts.map(({ gain, cost }, i) => ({
    share: shares[i] ?? 0,
    rate: cost > 0 ? gain / cost : 0,
  }));
}

/** Index of the one whose turn it is: with the least pass, of equals the first. −1 of none. */
export function furthestBehind(accounts: readonly Pick<Account, 'pass'>[]): number {
  return accounts.reduce(
    (best, { pass }, i) => (pass < (accounts[best]?.pass ?? Number.POSITIVE_INFINITY) ? i : best),
    accounts.length > 0 ? 0 : -1,
  );
}

/** Sum 1; where nothing is worth anything, all are worth the same. */
function proportional(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
}
