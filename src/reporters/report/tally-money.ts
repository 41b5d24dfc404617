/** What calls to models took, folded: booked, and put aside where nobody knows. */
import type { StoredEvent } from '../../core/events.ts';
import { NOTHING_SPENT, plus, type Spend } from '../../core/spend.ts';
import type { MoneyTally } from './money-tally.ts';
import type { Tally } from './tally.ts';

export function tallyReserved({ money }: Tally, { body }: StoredEvent<'spend.reserved'>): void {
  money.open.set(body.call, body.most);
  money.to.set(body.call, body.to);
}

export function tallyBooked({ money }: Tally, { body }: StoredEvent<'spend.settled'>): void {
  book(money, body.call, { spent: body.spent, isUnanswered: body.unanswered === true });
}

/** Calls under way when a process ended. */
export function tallyLost({ money }: Tally): void {
  for (const [call, spent] of money.open) book(money, call, { spent, isUnanswered: true });
}

function book(
  money: MoneyTally,
  call: number,
  { spent, isUnanswered }: { readonly spent: Spend; readonly isUnanswered: boolean },
): void {
  const to = money.to.get(call) ?? '';
  money.open.delete(call);
  money.to.delete(call);
  money.spent = plus(money.spent, spent);
  if (isUnanswered) money.unanswered = plus(money.unanswered, spent);
  money.models.set(to, plus(money.models.get(to) ?? NOTHING_SPENT, spent));
}
