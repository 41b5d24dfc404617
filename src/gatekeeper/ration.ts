/**
 * What an audit may take of the machine. A check that finds none of it left has not looked: its share stays as
 * debt, which is neither a pass nor a reason to hold the study.
 */
import { PacelineError } from '../core/errors.ts';
import type { Check } from '../gates/contract.ts';

export interface Rationed {
  readonly checks: readonly Check[];
  /** Names of those that have not looked. */
  unlooked(): readonly string[];
}

export interface Ration {
  /** After so much no further check begins. */
  readonly mostCpuMs: number;
  /** CPU time so far. */
  readonly spentCpuMs: () => number;
  /** Of one check, by the clock on the wall: a candidate that does not end on what it is asked takes no CPU of ours. */
  readonly mostCheckMs?: number;
}

const MOST_CHECK_MS = 60_000;

export function rationed(checks: readonly Check[], ration: Ration): Rationed {
  const { mostCpuMs, spentCpuMs, mostCheckMs = MOST_CHECK_MS } = ration;
  const unlooked = new Set<string>();
  const limited = (check: Check): Check => ({
    ...check,
    async judge(intake, tools, signal) {
      const limit = AbortSignal.timeout(mostCheckMs);
      try {
        if (spentCpuMs() < mostCpuMs) {
          return await check.judge(intake, tools, AbortSignal.any([signal, limit]));
        }
      } catch (error) {
        if (!limit.aborted || signal.aborted) throw error;
      }
      unlooked.add(check.name);
      throw new PacelineError('INFRASTRUCTURE', 'The audit had used its time.');
    },
  });
  return { checks: checks.map(limited), unlooked: () => [...unlooked] };
}
