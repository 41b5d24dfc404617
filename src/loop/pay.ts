/**
 * Paying for calls. What a call may take is put aside in the ledger, and durable, before the call is
 * made, and booked after it: whatever ends the process, no more than the calls under way is unknown.
 */
import type { EventBody, EventDraft } from '../core/events.ts';
import type { PaidCall, Purse } from '../core/spend.ts';
import type { Budget } from './plan.ts';
import { mayPay, type PurseState } from './purse.ts';

/** The study as far as it pays. */
export interface Payer {
  /** The limits that hold now. */
  budget(): Budget;
  /** As it is folded now. */
  purse(): PurseState;
  record(draft: EventDraft): void;
  flush(): Promise<unknown>;
  /** Nothing is recorded before: a study that goes on reads its ledger first. */
  readonly ready: Promise<void>;
  /** Calls that wait until another gives back what it had put aside. */
  readonly waiting: (() => void)[];
}

/** @param trial That the calls are for. */
export function purseOf(payer: Payer, trial: number): Purse {
  return {
    async pay<T>(call: PaidCall<T>, signal: AbortSignal) {
      await unlessAborted(payer.ready, signal);
      for (;;) {
        signal.throwIfAborted();
        const answer = mayPay(payer.budget(), payer.purse(), call.most);
        if (answer === 'yes') return { paid: await paid(payer, call, trial) };
        if (answer !== 'wait') return { refused: answer };
        await unlessAborted(oneComesBack(payer), signal);
      }
    },
  };
}

type Booked = EventBody['spend.settled'];

async function paid<T>(payer: Payer, { to, most, make }: PaidCall<T>, trial: number): Promise<T> {
  const { calls: call } = payer.purse();
  const entry = { trial, actor: 'engine' } as const;
  payer.record({ ...entry, type: 'spend.reserved', body: { call, to, most } });
  await payer.flush();
  const book = (spent: typeof most, more: Omit<Booked, 'call' | 'spent'> = {}): void => {
    payer.record({ ...entry, type: 'spend.settled', body: { call, spent, ...more } });
    for (const wake of payer.waiting.splice(0)) wake();
  };
  const { value, spent, usage, unanswered } = await make().catch((error) => {
    book(most, { unanswered: true });
    throw error;
  });
  book(spent, { ...(usage ? { usage } : {}), ...(unanswered ? { unanswered } : {}) });
  return value;
}

function oneComesBack({ waiting }: Payer): Promise<void> {
  return new Promise((resolve) => waiting.push(resolve));
}

/** @throws the reason of the signal, as soon as it is aborted. */
export async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  await Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
