/**
 * Confirms where cases are finite (acceptance.md §3.2): a pool that stands for more. Drawn without
 * replacement each case is fresh, until there are none left. Asked again and again, the same cases
 * decide as long as nothing but accepted or not is told of them, at a level that pays for the bits.
 */
import type { StudyPool } from '../core/pool.ts';
import { blockSize } from '../stats/block.ts';
import { logEAfter } from '../stats/e-process.ts';
import { poolLevel } from '../stats/online-testing.ts';
import { type Attempt, maxPairs } from './decide.ts';
import type { Metric } from './orient.ts';
import { brokenPromise, forTest, type PairedValues, pairDifferences } from './pairs.ts';
import type { SampledRule } from './rule.ts';

/** After so many yes the transcript has cost more than a pool can bear. */
export const MOST_PROMOTIONS = 10;
/** A gain beside a bit is measured on cases that no attempt saw. */
const BIT_BLOCK = blockSize(0);

interface Reserve {
  readonly cases: number;
  /** Cases of the final comparisons. */
  readonly compared: number;
}

/** Of a pool that only answers in bits: the cases all attempts share. The others measure gains. */
export function askedCases({ cases, compared }: Reserve): number {
  return Math.max(0, cases - MOST_PROMOTIONS * BIT_BLOCK - compared);
}

/** How an arm stands when its next attempt begins. */
export interface NextAttempt {
  readonly level: number;
  readonly acceptedBefore: number;
}

export interface PoolState {
  /** Drawn so far, of those that no attempts share. */
  readonly drawn: number;
  readonly compared: number;
  /** Of every arm. */
  readonly next: readonly NextAttempt[];
}

/**
 * Whether another attempt fits: its confirm and block at their largest, and the final comparisons.
 * In bits: while every arm's next level can be reached within the pool by an effect as planned.
 */
export function canConfirm(rule: SampledRule, pool: StudyPool, state: PoolState): boolean {
  const left = pool.cases - pool.asked - state.drawn - state.compared;
  const most = Math.max(...state.next.map(({ level }) => maxPairs(rule, level)));
  if (pool.use === 'blocks') return left >= most + blockSize(most);
  const isSpent = state.next.some(({ acceptedBefore }) => acceptedBefore >= MOST_PROMOTIONS);
  return !isSpent && most <= pool.asked && left >= BIT_BLOCK;
}

/** Level of an attempt whose bit is all that is told. */
export function bitLevel(
  rule: SampledRule,
  at: { readonly attempt: number; readonly acceptedBefore: number },
): number {
  return poolLevel(rule.alpha, at.attempt, at.acceptedBefore);
}

/** The whole pool in its fixed order, and only its last K: how soon it was reached tells nobody. */
export function poolVerdict(
  { level, spec }: Attempt,
  pairs: PairedValues,
  metric: Pick<Metric, 'goal' | 'kind'>,
): 'accepted' | 'unconfirmed' {
  const differences = pairDifferences(pairs, metric);
  if (differences.some((one) => brokenPromise(spec, one) !== undefined)) return 'unconfirmed';
  const logE = logEAfter(
    spec,
    differences.map((one) => forTest(spec, one)),
  );
  return logE >= Math.log(1 / level) ? 'accepted' : 'unconfirmed';
}
