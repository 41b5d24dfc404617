/**
 * Whether audits keep up with promotions (safety.md §4, 4), from the times of the last of both. These are
 * measured: they delay a promotion and never choose one.
 */
import { mean, median } from '../stats/summary.ts';
import { CPU_SHARE_TARGET } from './rules.ts';
import type { PaceState } from './state.ts';

/** What there is no measurement of yet is absent. */
export interface KeepingUp {
  /** Audits and generations that the times are of. */
  readonly audits: number;
  readonly generations: number;
  readonly p95AuditMs?: number;
  readonly medianGenerationMs?: number;
  /** What audits could do one after the other, and what there was to audit. */
  readonly auditsPerHour?: number;
  readonly promotionsPerHour?: number;
  /** Share of the CPU time on record, 0 to 1. */
  readonly cpuShare?: number;
  readonly isOverCpuTarget: boolean;
  /** Set where audits fall behind: the least time from one promotion to the next, ms. */
  readonly spacingMs?: number;
}

export const HOUR_MS = 3_600_000;
const P95 = 0.95;

export function keepingUp(state: PaceState): KeepingUp {
  const { auditMs, generationMs, safetyCpuMs, searchCpuMs } = state;
  const cpuMs = safetyCpuMs + searchCpuMs;
  const cpu = cpuMs > 0 ? { cpuShare: safetyCpuMs / cpuMs } : {};
  const isOverCpuTarget = safetyCpuMs > CPU_SHARE_TARGET * cpuMs;
  const audits = auditMs.length;
  const generations = generationMs.length;
  const ofAudits =
    audits > 0 ? { p95AuditMs: p95(auditMs), auditsPerHour: HOUR_MS / mean(auditMs) } : {};
  const ofGenerations =
    generations > 0
      ? {
          medianGenerationMs: median(generationMs),
          promotionsPerHour: HOUR_MS / mean(generationMs),
        }
      : {};
  const behind = isBehind(state) ? { spacingMs: Math.max(p95(auditMs), mean(auditMs)) } : {};
  return { audits, generations, ...ofAudits, ...ofGenerations, ...cpu, isOverCpuTarget, ...behind };
}

/** Both rules: audits by rate, and by the time that one promotion has to wait for its own. */
function isBehind({ auditMs, generationMs }: PaceState): boolean {
  if (auditMs.length === 0 || generationMs.length === 0) return false;
  return p95(auditMs) > median(generationMs) || mean(auditMs) > mean(generationMs);
}

/** By nearest rank: of fewer than twenty the largest, so that few measurements promise nothing. */
function p95(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.ceil(P95 * ordered.length) - 1] ?? Number.NaN;
}
