/** Which promotion leads: a rollback goes back behind the last one. */
import { takenBackBy } from '../../core/standing.ts';
import { MAIN_ARM, type PromotionTally, type Tally } from './tally.ts';

type Promotions = Pick<Tally, 'promotions' | 'safety'>;

/** The last one that no rollback took back; undefined where the origin leads. */
export function leadingPromotion(tally: Promotions): PromotionTally | undefined {
  return standingPromotions(tally).at(-1);
}

/** In order, those that no rollback took back. */
export function standingPromotions({ promotions, safety }: Promotions): readonly PromotionTally[] {
  const by = takenBackBy(
    promotions.map(({ promoted }) => promoted),
    safety.rolledBack.filter(({ body }) => body.arm === MAIN_ARM),
  );
  return promotions.filter((_, at) => by[at] === undefined);
}
