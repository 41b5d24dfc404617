/**
 * Whether a process is still getting faster when its time is taken. The noise floor cannot see it: each of its
 * times is of the same run of a process of its own.
 */
import type { AuditReading } from '../claims/evaluator-audit.ts';
import { measureAlone } from '../loop/measure.ts';
import { median } from '../stats/summary.ts';
import type { Config } from './config-schema.ts';
import { isProcessPerCase, isTimed, warmupOf } from './config-time.ts';
import type { Finding } from './doctor-disk.ts';
import { withPassingPlan } from './passing-plan.ts';

/** Runs of the case in the same process beyond those of the config. */
const MORE_RUNS = 5;
const CASES = 4;
/** Less than this is no reason to wait longer for each time. */
const WORTH_SAVING = 0.1;

/** `floor`: times of the origin as the config takes them. Undefined where the metric is no time, or no process runs twice. */
export async function lookAtWarmup(
  root: string,
  config: Config,
  floor: AuditReading & { readonly cases: readonly number[] },
): Promise<Finding | undefined> {
  if (!isTimed(config) || isProcessPerCase(config)) return undefined;
  const warmup = warmupOf(config);
  const longer = { ...config, evaluator: { ...config.evaluator, warmup: warmup + MORE_RUNS } };
  const results = await withPassingPlan('doctor', { root, config: longer }, (plan) => {
    const { signal } = new AbortController();
    const request = { candidate: plan.origin, cases: floor.cases.slice(0, CASES) };
    return measureAlone(plan.search, request, {
      signal,
      again: 'paceline doctor again',
      isInTurn: true,
    });
  });
  const failed = results.find((one) => one.outcome !== 'scored');
  if (failed) {
    return remark(
      `warm-up: not looked at, since ${MORE_RUNS} more runs in the same process gave no time (${failed.outcome}: ${failed.message}).`,
    );
  }
  const later = results.flatMap((one) => (one.outcome === 'scored' ? [one.value] : []));
  const share = shareLater(floor.values, later);
  if (share === undefined) return undefined;
  return remark(
    `warm-up: after ${MORE_RUNS} more runs in the same process the origin takes ${share.toFixed(2)} of its time, so that what is timed is still warming up. Raise evaluator.warmup (${warmup}) until this is gone, unless it is the start that should be faster.`,
  );
}

function remark(detail: string): Finding {
  return { check: 'evaluator audit', state: 'limited', detail };
}

/**
 * What share of the time is left once the process is warm; undefined where nothing shows. Every later time has
 * to be below every one that counts, which by chance 4 of 16 are once in 1820.
 */
export function shareLater(
  counted: readonly number[],
  later: readonly number[],
): number | undefined {
  const share = median(later) / median(counted);
  const isApart = Math.max(...later) < Math.min(...counted);
  return isApart && share < 1 - WORTH_SAVING ? share : undefined;
}
