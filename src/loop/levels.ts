import { bitLevel } from '../claims/pool.ts';
import type { SampledRule } from '../claims/rule.ts';
import type { StudyPool } from '../core/pool.ts';
import { eLondLevel, fwerLevel } from '../stats/online-testing.ts';
import type { ArmState } from './state.ts';

/** Where an attempt stands in its arm's error account when it starts. */
export interface AttemptIndex {
  /** 1-based number of this attempt in the arm. */
  readonly attempt: number;
  /** 1 + attempts that failed: an accepted attempt gives its index back (acceptance.md §2.1). */
  readonly index: number;
  readonly acceptedBefore: number;
}

export function attemptIndex(
  arm: Pick<ArmState, 'attempts' | 'failedAttempts' | 'accepted'>,
): AttemptIndex {
  return { attempt: arm.attempts + 1, index: arm.failedAttempts + 1, acceptedBefore: arm.accepted };
}

/** α_t, fixed before the first pair of the attempt. */
export function attemptLevelOf(rule: SampledRule, at: AttemptIndex, pool?: StudyPool): number {
  if (pool?.use === 'bit') return bitLevel(rule, at);
  return rule.mode === 'fwer'
    ? fwerLevel(rule.alpha, at.index)
    : eLondLevel(rule.alpha, at.attempt, at.acceptedBefore);
}
