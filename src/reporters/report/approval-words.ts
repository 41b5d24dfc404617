/** What people are asked and what they said, in words: on the terminal and in the report. */
import type { ApprovalReason } from '../../core/approval.ts';
import type { EventBody } from '../../core/events.ts';
import { shortHash } from './number-text.ts';

const REASONS: Readonly<Record<ApprovalReason, string>> = {
  autonomy: 'at this autonomy level a person promotes',
  scope: 'it reaches further than its manifest',
  gain: 'the verified gain since a person last agreed is large',
  gate: 'another gate would judge',
};

export function requestWords({ about, why, candidate }: EventBody['approval.requested']): string {
  const what = about === 'gate-change' ? 'a change of the gate' : 'the promotion of candidate';
  return `${what} ${shortHash(candidate)}: ${why.map((reason) => REASONS[reason]).join('; ')}`;
}

export function decisionWords({
  decision,
  by,
  reason,
}: Pick<EventBody['approval.decided'], 'decision' | 'by' | 'reason'>): string {
  switch (decision) {
    case 'approve':
      return `approved by ${by ?? 'somebody'}: ${reason}`;
    case 'reject':
      return `rejected by ${by ?? 'somebody'}: ${reason}`;
    case 'expired':
      return 'expired before anybody decided';
    case 'superseded':
      return `overtaken: ${reason}`;
  }
}
