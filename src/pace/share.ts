/** What of the machine safety may still take (safety.md §4): a share of all CPU time on record, floor, traps and looks included. */
import { CPU_SHARE_TARGET, LEAST_AUDIT_MS } from './rules.ts';
import type { PaceState } from './state.ts';

/**
 * CPU time that an audit may take which begins now, whole ms. Undefined where no evaluator told what it cost: then
 * there is nothing that a share could be of.
 */
export function auditCpuMs({
  searchCpuMs,
  safetyCpuMs,
}: Pick<PaceState, 'searchCpuMs' | 'safetyCpuMs'>): number | undefined {
  if (searchCpuMs <= 0) return undefined;
  const most = (searchCpuMs * CPU_SHARE_TARGET) / (1 - CPU_SHARE_TARGET);
  return Math.round(Math.max(LEAST_AUDIT_MS, most - safetyCpuMs));
}
