/** The score cards of a study, from its ledger. */
import { type Cards, cardsOf } from '../reporters/cards/cards.ts';
import { addToCards, CARD_TYPES, newCards } from '../reporters/cards/tally.ts';
import { withSoundLedger } from './read-ledger.ts';

/** @throws PacelineError `LEDGER_ALTERED` or `USAGE`, as whatever is read from a ledger. */
export function readCards(root: string, id: string): Promise<Cards> {
  return withSoundLedger({ root, id }, async (ledger) => {
    const tally = newCards();
    for await (const page of ledger.read(0, { types: CARD_TYPES })) {
      for (const event of page) addToCards(tally, event);
    }
    return cardsOf(tally);
  });
}
