/**
 * Which model is asked: fractional KUBE (Tran-Thanh et al., "Knapsack based optimal policies for budget-limited
 * multi-armed bandits", AAAI 2012). Each once; then the largest upper bound of reward for its mean cost. Pure.
 */
import type { Rng } from '../../core/rng.ts';
import type { Spend } from '../../core/spend.ts';

export interface Tried {
  readonly n: number;
  /** Sum of rewards in [0, 1]. */
  readonly reward: number;
  /** Sum of what its calls took, those that failed as the others: money where any model costs some, else tokens. */
  readonly microUsd: number;
  readonly tokens: number;
}

export type Trials = Readonly<Record<string, Tried>>;

export const NEVER_TRIED: Tried = { n: 0, reward: 0, microUsd: 0, tokens: 0 };

/** A gain of so many sigma is all that counts: screens are noisy, and one lucky draw must not decide. */
const FULL_REWARD = 2;

export function learn(
  trials: Trials,
  {
    model,
    spent,
    gain,
  }: { readonly model: string; readonly spent: Spend; readonly gain: number | null },
): Trials {
  const { n, reward, microUsd, tokens } = trials[model] ?? NEVER_TRIED;
  const earned = Math.min(1, Math.max(0, (gain ?? 0) / FULL_REWARD));
  // A call that failed took nothing, and must not make its model look cheap.
  const took = spent.tokens > 0 || n === 0 ? spent : { microUsd: microUsd / n, tokens: tokens / n };
  return {
    ...trials,
    [model]: {
      n: n + 1,
      reward: reward + earned,
      microUsd: microUsd + took.microUsd,
      tokens: tokens + took.tokens,
    },
  };
}

/** @param models At least one. */
export function chooseModel(models: readonly string[], trials: Trials, rng: Rng): string {
  const known = models.map((model) => ({ model, tried: trials[model] ?? NEVER_TRIED }));
  const untried = known.filter(({ tried }) => tried.n === 0);
  // Calls that are under way are not counted yet: drawn, so that not all of them go to the first.
  if (untried.length > 0) return drawn(untried, rng).model;
  const all = known.reduce((sum, { tried }) => sum + tried.n, 0);
  const isPaid = known.some(({ tried }) => tried.microUsd > 0);
  const costOf = ({ n, microUsd, tokens }: Tried): number => (isPaid ? microUsd : tokens) / n;
  const dearest = Math.max(...known.map(({ tried }) => costOf(tried)));
  const indexOf = (tried: Tried): number => {
    const bound = tried.reward / tried.n + Math.sqrt((2 * Math.log(all)) / tried.n);
    // What one takes that never answered, nobody knows.
    return bound / Math.max(1, tried.tokens === 0 ? dearest : costOf(tried));
  };
  const best = Math.max(...known.map(({ tried }) => indexOf(tried)));
  return drawn(
    known.filter(({ tried }) => indexOf(tried) === best),
    rng,
  ).model;
}

function drawn<T>(from: readonly T[], rng: Rng): T {
  return from[rng.int(from.length)] as T;
}
