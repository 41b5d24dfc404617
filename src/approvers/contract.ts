/**
 * An approver: who has to agree between a passed gate and a promotion. Neither acceptance, which is
 * statistics, nor the gate, which vetoes by itself. What an implementation promises:
 * - it is pure: the same occasion needs the same people, whoever asks and however often;
 * - a change of the gate always needs somebody;
 * - a decision counts for exactly what its request names, between the request and its expiry, and never
 *   because time went by.
 */
import type { ApprovalReason, ApprovalSaid, Occasion } from '../core/approval.ts';
import type { EventBody } from '../core/events.ts';

export type ApprovalRequest = EventBody['approval.requested'];

export interface Heard {
  readonly said: ApprovalSaid['value'];
  /** Who says so, by their own account. */
  readonly by: string;
  /** Reading of the wall clock, ms since 1970. */
  readonly nowMs: number;
}

export interface Approver {
  /** How long a request stands, ms of the wall clock. */
  readonly expiresMs: number;
  /** Why somebody has to agree; empty where nobody has to. */
  needs(occasion: Occasion): readonly ApprovalReason[];
  /** Why the decision does not count, in a sentence that says what to do; undefined where it does. */
  refuses(request: ApprovalRequest, heard: Heard): string | undefined;
}
