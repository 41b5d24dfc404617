/** What was asked of people in a study and how each request ended, as the ledger has it. */
import type { EventBody, StoredEvent } from '../../core/events.ts';
import type { Ledger } from '../../stores/contract.ts';

export type Requested = StoredEvent<'approval.requested'>;

export interface Requests {
  /** In the order in which they were made. */
  readonly waiting: readonly Requested[];
  /** Of all others, how each ended. */
  readonly decided: ReadonlyMap<number, EventBody['approval.decided']>;
  readonly isClosed: boolean;
}

export async function requestsIn(ledger: Pick<Ledger, 'read'>): Promise<Requests> {
  const asked = new Map<number, Requested>();
  const decided = new Map<number, EventBody['approval.decided']>();
  let isClosed = false;
  const types = ['approval.requested', 'approval.decided', 'study.closed'] as const;
  for await (const page of ledger.read(0, { types })) {
    for (const event of page) {
      if (event.type === 'approval.requested') asked.set(event.body.approval, event);
      else if (event.type === 'approval.decided') decided.set(event.body.approval, event.body);
      else isClosed = true;
    }
  }
  const waiting = [...asked.values()].filter(({ body }) => !decided.has(body.approval));
  return { waiting, decided, isClosed };
}
