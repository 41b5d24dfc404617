/** Whether the promotions of a study became another kind of change or another rate, for whoever looks at one. */
import type { Fact } from '../reporters/report/fact.ts';
import { addKindFacts, kindRows } from '../reporters/report/facts-kinds.ts';
import { addToTally } from '../reporters/report/fold.ts';
import { phraseText } from '../reporters/report/phrase.ts';
import { newTally } from '../reporters/report/tally.ts';
import { type StudyPlace, withSoundLedger } from './read-ledger.ts';

export interface KindsShown {
  /** As the report has it; absent without a promotion. */
  readonly words?: string;
  readonly facts: readonly Pick<Fact, 'id' | 'value' | 'how'>[];
}

export function showKinds(place: StudyPlace): Promise<KindsShown> {
  return withSoundLedger(place, async (ledger) => {
    const tally = newTally();
    const types = ['study.opened', 'trial.settled', 'candidate.promoted'] as const;
    for await (const page of ledger.read(0, { types })) {
      for (const event of page) addToTally(tally, event);
    }
    const book = new Map<string, Fact>();
    addKindFacts(tally, (fact) => void book.set(fact.id, fact));
    const [row] = kindRows(book);
    const facts = [...book.values()].map(({ id, value, how }) => ({ id, value, how }));
    return { ...(row ? { words: phraseText(row.phrase) } : {}), facts };
  });
}
