/** What a report keeps of the calls to models. */
import { NOTHING_SPENT, type Spend } from '../../core/spend.ts';

export interface MoneyTally {
  spent: Spend;
  unanswered: Spend;
  readonly open: Map<number, Spend>;
  /** By model. */
  readonly to: Map<number, string>;
  readonly models: Map<string, Spend>;
}

export function newMoney(): MoneyTally {
  return {
    spent: NOTHING_SPENT,
    unanswered: NOTHING_SPENT,
    open: new Map(),
    to: new Map(),
    models: new Map(),
  };
}
