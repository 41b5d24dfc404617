/** Change of kind against change of rate over the promotions of a study (mission.md, S15). */
import { publicRoot } from '../../core/rng.ts';
import { type RateChanges, rateChanges } from '../../stats/change-points.ts';
import { type Kind, kindsOf } from '../../stats/new-kinds.ts';
import { likeness, type Mechanism } from './mechanism.ts';

export interface PromotedChange {
  readonly mechanism: Mechanism;
  /** Oriented. */
  readonly gain: number;
  /** Evaluations since the promotion before. */
  readonly evals: number;
}

export interface KindsAndRates {
  /** Fewer promotions than `LEAST`: neither test could say anything. */
  readonly isTooFew: boolean;
  readonly kinds: readonly Kind[];
  /** Of the logarithm of gain per evaluation; absent where a gain is not positive. */
  readonly rate?: RateChanges;
}

/**
 * The fewest of which any could be called new: with nine, three late ones of a new kind have a chance of 1 in 56;
 * with eight the smallest chance there is, 1 in 35, is above the level.
 */
export const LEAST = 9;
/** For each of the two questions, so that one false alarm in twenty studies is what both together give. */
export const KIND_LEVEL = 0.025;
/** Mean likeness from which a change belongs to a group: two of its three parts alike, or all of them half. */
export const JOINS = 0.5;

export function kindsAndRates(changes: readonly PromotedChange[]): KindsAndRates {
  const alpha = KIND_LEVEL;
  const mechanisms = changes.map(({ mechanism }) => mechanism);
  const kinds = kindsOf(mechanisms, { likeness, joins: JOINS, alpha });
  if (changes.length < LEAST) return { isTooFew: true, kinds };
  if (changes.some(({ gain }) => !(gain > 0))) return { isTooFew: false, kinds };
  const rates = changes.map(({ gain, evals }) => Math.log(gain / Math.max(1, evals)));
  // Orders are drawn the same way for everybody: a report is derived again to the same figures.
  const rng = publicRoot('change of rate').stream(-1, 'orders');
  return { isTooFew: false, kinds, rate: rateChanges(rates, { rng, alpha }) };
}
