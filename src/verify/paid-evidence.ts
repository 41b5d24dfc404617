/** What `verify` remembers of calls to models: bounded by what is under way. */
import type { EventBody } from '../core/events.ts';
import type { Spend } from '../core/spend.ts';

export interface PaidEvidence {
  calls: number;
  /** Calls begun and not booked. */
  readonly open: Map<number, { readonly most: Spend; readonly trial: number | undefined }>;
  /** Booked for trials that have not settled. */
  readonly booked: Map<number, Spend>;
  /** Answers for trials that have not settled. */
  readonly made: Map<number, EventBody['proposal.made']>;
}

export function newPaid(): PaidEvidence {
  return { calls: 0, open: new Map(), booked: new Map(), made: new Map() };
}
