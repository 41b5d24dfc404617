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

/**
 * @param mostCpuMs After so much no further check begins.
 * @param spentCpuMs CPU time so far.
 */
export function rationed(
  checks: readonly Check[],
  mostCpuMs: number,
  spentCpuMs: () => number,
): Rationed {
  const unlooked = new Set<string>();
  const limited = (check: Check): Check => ({
    ...check,
    judge(intake, tools, signal) {
      if (spentCpuMs() < mostCpuMs) return check.judge(intake, tools, signal);
      unlooked.add(check.name);
      throw new PacelineError('INFRASTRUCTURE', 'The audit had used its CPU time.');
    },
  });
  return { checks: checks.map(limited), unlooked: () => [...unlooked] };
}
