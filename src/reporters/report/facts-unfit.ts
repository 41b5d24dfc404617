/** Attempts that told nothing about their candidate: a pair broke the promise of the rule's method. */
import type { AddFact, FactBook } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { countText } from './number-text.ts';
import { type Phrase, type Row, say } from './phrase.ts';
import type { Tally } from './tally.ts';

export function addUnfitFacts(tally: Tally, add: AddFact): void {
  const { attempts, first } = tally.unfit;
  if (first === undefined) return;
  const span = everyOf(tally, ['trial.confirmed']);
  const [trial, why = ''] = [first.trial ?? -1, first.body.why];
  const how = 'Unconfirmed attempts of the main arm with such a reason, counted.';
  add({ id: 'unfit.total', value: attempts, text: countText(attempts), seqs: [], span, how });
  const of = { seqs: [first.seq], how: 'The first of them, as recorded with the verdict.' };
  add({ id: 'unfit.trial', value: trial, text: countText(trial), ...of });
  add({ id: 'unfit.why', value: why, text: why, ...of });
}

export function unfitRows(book: FactBook, tally: Tally): readonly Row[] {
  if (tally.unfit.attempts === 0) return [];
  return [{ label: 'ended by the method', phrase: toldPhrase(book) }];
}

/** Said aloud where it was at least half of the attempts: nothing could be found that way. */
export function unfitPhrases(book: FactBook, { unfit }: Tally): readonly Phrase[] {
  const confirms = book.get('confirms.main');
  if (unfit.attempts === 0 || unfit.attempts < Number(confirms?.value) / 2) return [];
  return [
    say`The rule’s method does not fit the metric: ${toldPhrase(book)}. Choose another rule.method or rule.bound (docs/statistics.md).`,
  ];
}

function toldPhrase(book: FactBook): Phrase {
  return say`${book.get('unfit.total')} of ${book.get('confirms.main')} attempts ended without a verdict on the candidate, in trial ${book.get('unfit.trial')} because ${book.get('unfit.why')}`;
}
