/** Answers that people left for a study which has not taken them up yet. */
import type { ApprovalSaid } from '../../core/approval.ts';
import { lettersLeft } from '../steer-inbox.ts';

export interface AnswerLeft {
  readonly decision: ApprovalSaid['value']['decision'];
  readonly by: string;
  readonly reason: string;
}

/** The first to a request: the one that counts. */
export function answerLeft(
  place: { readonly root: string; readonly id: string },
  approval: number,
): AnswerLeft | undefined {
  for (const { by, said } of lettersLeft(place.root, place.id)) {
    if (said.kind !== 'approval' || said.value.approval !== approval) continue;
    const { decision, reason } = said.value;
    return { decision, by, reason };
  }
  return undefined;
}

export function answerWords({ decision, by, reason }: AnswerLeft): string {
  return `${decision === 'approve' ? 'approved' : 'rejected'} by ${by} (${reason})`;
}
