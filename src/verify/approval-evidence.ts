/** What waits for people, as far as later entries depend on it. */
import type { EventBody } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import type { Challenger } from './evidence.ts';

export interface Waiting {
  readonly asked: EventBody['approval.requested'];
  /** Of a promotion: its trial. */
  readonly open?: Challenger;
  /** Digest of the gate that judged. */
  readonly gate: Hash | undefined;
}

export interface ApprovalEvidence {
  /** Requests so far; also the number of the last. */
  asked: number;
  readonly waiting: Map<number, Waiting>;
  /** Another gate that a person agreed to and that has not joined. */
  agreedGate: Hash | undefined;
  /** Log ratio of verified gain, from the origin, up to which a person agreed. */
  agreedGain: number;
}

export function newApprovals(): ApprovalEvidence {
  return {
    asked: 0,
    waiting: new Map(),
    agreedGate: undefined,
    agreedGain: 0,
  };
}
