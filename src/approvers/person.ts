/** One person of this machine, without any set-up: `paceline approve`. */
import { approvalReasons, type Bound, standingAt, unboundPart } from '../core/approval.ts';
import { isClient } from '../core/steering.ts';
import type { ApprovalRequest, Approver, Heard } from './contract.ts';

const DAY_MS = 24 * 3_600_000;
/** Long enough for a week-end and a holiday, short enough that who agrees still knows why. */
const EXPIRES_MS = 7 * DAY_MS;

/** `expires`: how long a request stands, ms of the wall clock. */
export function personApprover({
  expires: expiresMs = EXPIRES_MS,
}: {
  readonly expires?: number | undefined;
} = {}): Approver {
  return { expiresMs, needs: approvalReasons, refuses };
}

const PARTS: Readonly<Record<keyof Bound, string>> = {
  candidate: 'another candidate',
  against: 'another incumbent',
  evidence: 'another verdict of the gate',
  rule: 'another rule',
};

function refuses(request: ApprovalRequest, { said, by, nowMs }: Heard): string | undefined {
  const { approval } = request;
  if (isClient(by)) return 'A program cannot agree for a person. Run paceline approve yourself.';
  const part = unboundPart(request, said);
  if (part !== undefined) {
    return `That is about ${PARTS[part]} than request ${approval}. Look at it again with paceline approve.`;
  }
  switch (standingAt(request, nowMs)) {
    case 'before':
      return `The clock of this machine stands before request ${approval} was made, so nobody can tell whether it has expired. Set the clock right, then decide again.`;
    case 'expired':
      return `Request ${approval} has expired, and a time-out never approves.`;
    case 'stands':
      return undefined;
  }
}
