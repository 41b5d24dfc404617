/** Which promotion leads: a rollback goes back behind the last one. */
import { MAIN_ARM, type PromotionTally, type Tally } from './tally.ts';

/** The last one, or that of what a later rollback went back to; undefined where the origin leads. */
export function leadingPromotion({
  promotions,
  safety,
}: Pick<Tally, 'promotions' | 'safety'>): PromotionTally | undefined {
  const last = promotions.at(-1);
  const back = safety.rolledBack.findLast(({ body }) => body.arm === MAIN_ARM);
  if (last === undefined || back === undefined || back.seq < last.promoted.seq) return last;
  return promotions.findLast(({ promoted }) => promoted.body.candidate === back.body.to);
}
