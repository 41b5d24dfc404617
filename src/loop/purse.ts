/** The study's money, folded: what is booked, what is put aside, and what a limit leaves of it. */
import {
  LIMITS,
  NOTHING_SPENT,
  plus,
  type Refusal,
  type Spend,
  type SpendLimit,
} from '../core/spend.ts';
import type { Budget } from './plan.ts';

/** A fold of the ledger. */
export interface PurseState {
  /** Booked, `unanswered` included. */
  spent: Spend;
  /** Put aside for calls that ended without anybody knowing what they took. */
  unanswered: Spend;
  /** Put aside for calls under way, by their number. */
  open: Record<number, Spend>;
  /** Calls ever begun; also the number of the next. */
  calls: number;
  /** What stood against a call last. */
  refused: Refusal | undefined;
}

export function newPurse(): PurseState {
  return {
    spent: NOTHING_SPENT,
    unanswered: NOTHING_SPENT,
    open: {},
    calls: 0,
    refused: undefined,
  };
}

export function reserve(purse: PurseState, call: number, most: Spend): void {
  purse.open[call] = most;
  purse.calls = call + 1;
}

export function book(
  purse: PurseState,
  call: number,
  { spent, unanswered }: { readonly spent: Spend; readonly unanswered?: true | undefined },
): void {
  delete purse.open[call];
  purse.spent = plus(purse.spent, spent);
  if (unanswered) purse.unanswered = plus(purse.unanswered, spent);
}

/** What was under way when a process ended is booked as it was put aside. */
export function bookAllOpen(purse: PurseState): void {
  for (const [call, spent] of Object.entries(purse.open)) {
    book(purse, Number(call), { spent, unanswered: true });
  }
}

/** The limit on money that is used up, or that stood against a call and is no higher now. */
export function spendLimitReached(
  budget: Budget,
  { spent, refused }: PurseState,
): SpendLimit | undefined {
  return LIMITS.find((limit) => {
    const cap = budget[limit];
    if (cap === undefined) return false;
    return spent[limit] >= cap || (refused?.limit === limit && cap <= refused.cap);
  });
}

/** A call that fits once others have come back waits for them. */
export function mayPay(
  budget: Budget,
  { spent, open }: PurseState,
  most: Spend,
): 'yes' | 'wait' | Refusal {
  const aside = Object.values(open).reduce(plus, NOTHING_SPENT);
  const over = (taken: Spend): Refusal | undefined =>
    LIMITS.flatMap((limit) => {
      const { [limit]: cap } = budget;
      return cap !== undefined && taken[limit] > cap ? [{ limit, cap }] : [];
    })[0];
  const refused = over(plus(spent, most));
  if (refused) return refused;
  return over(plus(plus(spent, aside), most)) ? 'wait' : 'yes';
}
