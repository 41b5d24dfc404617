/**
 * A change that only an improver can have, since its slots have ranges: one setting becomes a number of its range, or
 * one of its ends, which turns an operator or a mechanism on or off at once. What grows of trees and normal
 * deviates seldom reaches the far end of a range (tournament 16, parsimony 0.1, population 2⁹).
 */
import type { Rng } from '../../core/rng.ts';
import { constant, type Forest } from '../../lang/forest.ts';
import { GP_SLOTS } from './slots.ts';

const SLOTS = Object.entries(GP_SLOTS);
/** Of changes that go to an end of the range. */
const END_SHARE = 0.5;

export function resetSlot(rng: Rng, forest: Forest): Forest {
  const [name, { least, most }] = SLOTS[rng.int(SLOTS.length)] as (typeof SLOTS)[number];
  const isEnd = rng.float() < END_SHARE;
  const share = isEnd ? rng.int(2) : rng.float();
  const value = constant(least + share * (most - least));
  return { slots: { ...forest.slots, [name]: value } };
}
