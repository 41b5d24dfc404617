/**
 * What an audit may take. A check that finds none of it left, or runs out of it, has not looked: its share stays
 * as debt, which is neither a pass nor a reason to hold the study.
 */
import { PacelineError } from '../core/errors.ts';
import type { Check, CheckFinding, Tools } from '../gates/contract.ts';

export interface Ration {
  /** Evaluations of the task's evaluator. */
  readonly evals: number;
  /** After which no further check begins, ms. */
  readonly cpuMs: number;
}

export interface Rationed {
  readonly checks: readonly Check[];
  /** Names of those that have not looked. */
  unlooked(): readonly string[];
}

/** @param spentCpuMs CPU time of the audit so far. */
export function rationed(
  checks: readonly Check[],
  ration: Ration,
  spentCpuMs: () => number,
): Rationed {
  const unlooked = new Set<string>();
  let evals = 0;
  const counted = (name: string, tools: Tools): Tools => ({
    ...tools,
    measure(requests, signal) {
      evals += requests.reduce((sum, { cases }) => sum + cases.length, 0);
      if (evals <= ration.evals) return tools.measure(requests, signal);
      unlooked.add(name);
      throw spent(`${ration.evals} evaluations`);
    },
  });
  const limited = (check: Check): Check => ({
    ...check,
    async judge(intake, tools, signal): Promise<CheckFinding> {
      if (spentCpuMs() < ration.cpuMs) {
        return check.judge(intake, counted(check.name, tools), signal);
      }
      unlooked.add(check.name);
      throw spent(`${ration.cpuMs} ms of CPU time`);
    },
  });
  return { checks: checks.map(limited), unlooked: () => [...unlooked] };
}

function spent(what: string): PacelineError {
  return new PacelineError(
    'INFRASTRUCTURE',
    `The audit had used its ${what}. A longer search pays for more; safety.audit of the config sets its CPU time.`,
  );
}
