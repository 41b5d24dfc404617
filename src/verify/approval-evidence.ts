/** What waits for people, as far as later entries depend on it. */
import type { EventBody } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';

/** `Trial`: what is known of one between its screen and its end. */
export interface Waiting<Trial> {
  readonly asked: EventBody['approval.requested'];
  /** Of a promotion: its trial. */
  readonly open?: Trial;
  /** Digest of the gate that judged. */
  readonly gate: Hash | undefined;
}

export interface ApprovalEvidence<Trial> {
  /** Requests so far; also the number of the last. */
  asked: number;
  readonly waiting: Map<number, Waiting<Trial>>;
  /** Another gate that a person agreed to and that has not joined. */
  agreedGate: Hash | undefined;
  /** Log ratio of verified gain, from the origin, up to which a person agreed. */
  agreedGain: number;
}

export function newApprovals<Trial>(): ApprovalEvidence<Trial> {
  return {
    asked: 0,
    waiting: new Map(),
    agreedGate: undefined,
    agreedGain: 0,
  };
}
