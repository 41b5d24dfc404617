/**
 * What a search has spent, as a share of its budget. Everything is charged: evaluations by the size of
 * what is evaluated, and also breeding and behaviour hashes, so that no mechanism is free and expressions
 * that bloat pay for it. Prices are CPU time as measured once and then frozen: a run that stops on them
 * repeats, and equal budgets are equal CPU.
 */

/** CPU milliseconds on the machine where the prices were measured. */
export interface Prices {
  /** One evaluation, whatever the program's size. */
  readonly evaluation: number;
  /** Added for each node of the program. */
  readonly node: number;
  /** One behaviour hash. */
  readonly hash: number;
  /** Making one child. */
  readonly child: number;
}

export interface Meter {
  /** Share of the budget, from 0; 1 or more is over. */
  spent(): number;
  /** CPU milliseconds that the whole budget stands for. */
  readonly budgetMs: number;
  evaluated(prices: Prices, nodes: number): void;
  /** A child was made, and hashed where `isHashed`. */
  bred(prices: Prices, isHashed: boolean): void;
}

/** Stops on frozen prices. @param budgetMs > 0. */
export function pricedMeter(budgetMs: number): Meter {
  let used = 0;
  return {
    budgetMs,
    spent: () => used / budgetMs,
    evaluated(prices, nodes) {
      used += evaluationMs(prices, nodes);
    },
    bred(prices, isHashed) {
      used += prices.child + (isHashed ? prices.hash : 0);
    },
  };
}

/** Stops on a clock of CPU time, which pays for all there is. Does not repeat. */
export function clockMeter(budgetMs: number, nowMs: () => number): Meter {
  const start = nowMs();
  return {
    budgetMs,
    spent: () => (nowMs() - start) / budgetMs,
    evaluated() {},
    bred() {},
  };
}

/** Stops on evaluations, those of a twin included: what is done besides is free, so it flatters mechanisms. */
export function evalsMeter(evals: number, budgetMs: number): Meter {
  let used = 0;
  return {
    budgetMs,
    spent: () => used / evals,
    evaluated() {
      used += 1;
    },
    bred() {},
  };
}

/** The first `share` of another meter's budget; what is spent here is spent there. */
export function firstShare(meter: Meter, share: number): Meter {
  const start = meter.spent();
  return {
    ...meter,
    budgetMs: meter.budgetMs * share,
    spent: () => (meter.spent() - start) / share,
  };
}

export function evaluationMs({ evaluation, node }: Prices, nodes: number): number {
  return evaluation + node * nodes;
}
