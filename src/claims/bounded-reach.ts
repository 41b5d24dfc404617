/**
 * What betting on a declared range can confirm at all. Bets are placed in shares of the range, so that
 * a range far wider than what pairs show makes them too small to get anywhere before n_max: every
 * attempt would then end unconfirmed, whatever it had found.
 */
import { logEAfter } from '../stats/e-process.ts';
import type { NoiseFloor } from '../stats/noise-floor.ts';
import { levelsFor } from '../stats/online-testing.ts';
import { confirmSpec, maxPairs } from './decide.ts';
import type { SampledRule } from './rule.ts';

export interface Reach {
  /** The least difference, metric units, that a first attempt accepts when all of its pairs show it. */
  readonly least: number;
  /** Pairs after which that attempt ends. */
  readonly pairs: number;
}

const HALVINGS = 30;

/** Undefined where no range is bet on. */
export function boundedReach(rule: SampledRule, floor: NoiseFloor): Reach | undefined {
  const spec = confirmSpec(rule, floor);
  if (spec.method !== 'bounded') return undefined;
  const [level = rule.alpha] = levelsFor(rule.mode, rule.alpha, [false]);
  const pairs = maxPairs(rule, level);
  const needed = Math.log(1 / level);
  let [low, high] = [spec.margin, spec.bound];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (
      logEAfter(
        spec,
        Array.from({ length: pairs }, () => middle),
      ) >= needed
    )
      high = middle;
    else low = middle;
  }
  return { least: high, pairs };
}
