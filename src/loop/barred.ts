/** What an audit failed, or what stood on it, is tried no more: whoever proposes it again is told so, and it costs nothing. */
import type { CandidateId } from '../core/candidate.ts';
import { MAIN_ARM } from './plan.ts';
import type { StudyState } from './state.ts';

export const BARRED_BY_AUDIT =
  'Barred by audit: it failed a deep audit, or was promoted with what failed one.';

/** Of the arm that promotes; what controls measure goes nowhere. */
export function isBarredByAudit(
  { pace }: Pick<StudyState, 'pace'>,
  arm: string,
  candidate: CandidateId,
): boolean {
  return arm === MAIN_ARM && pace.quarantined.includes(candidate);
}
