/** What of the machine safety may still take (safety.md §4): a share of all CPU time on record, floor, traps and looks included. */
import type { CandidateId } from '../core/candidate.ts';
import { CPU_SHARE_TARGET, LEAST_AUDIT_MS } from './rules.ts';
import type { PaceState } from './state.ts';

type Spent = Pick<PaceState, 'searchCpuMs' | 'safetyCpuMs' | 'ahead' | 'incumbent' | 'tooShortMs'>;

/**
 * CPU time that an audit of `to` may take which begins now, whole ms. Undefined where it may take what it needs: the
 * bound of the debt asks for more than the share gave it before, and a bound is a rule where the share is a target;
 * so much had to be followed by all of it before, which cost both; or no evaluator told what it cost, and there is
 * nothing that a share could be of.
 */
export function auditCpuMs(
  { searchCpuMs, safetyCpuMs, ahead, incumbent, tooShortMs }: Spent,
  to: CandidateId,
): number | undefined {
  if (searchCpuMs <= 0 || ahead?.candidate === to) return undefined;
  const most = (searchCpuMs * CPU_SHARE_TARGET) / (1 - CPU_SHARE_TARGET);
  const left = Math.round(Math.max(LEAST_AUDIT_MS, most - safetyCpuMs));
  return to !== incumbent && left <= tooShortMs ? undefined : left;
}
