/** Which promotions of an arm stand. A rollback names what it goes back to, and takes back whatever was promoted after that. */
import type { StoredEvent } from './events.ts';

type Promoted = StoredEvent<'candidate.promoted'>;
type RolledBack = StoredEvent<'candidate.rolled-back'>;

/** Where it lies in the ledger, and all that is asked of it. */
type Placed<T extends Promoted | RolledBack, K extends keyof T['body']> = Pick<T, 'seq'> & {
  readonly body: Pick<T['body'], K>;
};

/**
 * By index of a promotion, the rollback that took it back; undefined where it stands. A candidate that was
 * promoted again after a rollback stands by its later promotion alone.
 *
 * @param promotions Of one arm, in order.
 * @param rolledBack Of the same arm, in order.
 */
export function takenBackBy<R extends Placed<RolledBack, 'to'>>(
  promotions: readonly Placed<Promoted, 'candidate'>[],
  rolledBack: readonly R[],
): readonly (R | undefined)[] {
  const by: (R | undefined)[] = promotions.map(() => undefined);
  for (const back of rolledBack) {
    const stood = [...promotions.keys()].filter(
      (at) => by[at] === undefined && (promotions[at]?.seq ?? back.seq) < back.seq,
    );
    // Among none of them: it went back to the origin.
    const kept = stood.findLastIndex((at) => promotions[at]?.body.candidate === back.body.to);
    for (const at of stood.slice(kept + 1)) by[at] = back;
  }
  return by;
}
