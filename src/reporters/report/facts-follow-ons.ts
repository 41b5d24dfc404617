/** Facts about what was proposed to be tried next. */
import type { AddFact, FactBook } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { followOnWords, hitRates, nextOnes, rateWords } from './follow-ons.ts';
import { metricOf } from './pairs.ts';
import { type Row, say } from './phrase.ts';
import type { Tally } from './tally.ts';

export function addFollowOnFacts(tally: Tally, add: AddFact): void {
  const { opened, followOns } = tally;
  if (opened === undefined || followOns.proposed.length === 0) return;
  for (const one of nextOnes(followOns, metricOf(tally))) {
    const text = followOnWords(one);
    const how = 'As proposed before it was tried, and how its trial stands.';
    const tried = followOns.settled.get(one.number);
    const last = followOns.proposed.at(-1);
    const seqs = [
      opened.seq,
      ...(last ? [last.seq] : []),
      ...(tried ? [tried.seq] : []),
      ...one.seqs,
    ];
    add({ id: `next.${one.number}`, value: text, text, seqs: [...new Set(seqs)], how });
  }
  for (const rate of hitRates(followOns)) {
    const text = rateWords(rate);
    const how =
      'Follow-ons of its kind that came out as predicted, of those that had an answer: a predicted loss that the screen saw, a predicted gain that was promoted.';
    const span = everyOf(tally, ['follow-ons.proposed', 'trial.settled', 'candidate.promoted']);
    add({
      id: `followOns.${rate.kind}`,
      value: rate.right,
      text,
      n: rate.answered,
      seqs: [opened.seq],
      span,
      how,
    });
  }
}

export function followOnRows(book: FactBook): readonly Row[] {
  return [...book.values()].flatMap((fact) => {
    if (fact.id.startsWith('next.')) return [{ label: 'next', phrase: say`${fact}` }];
    return fact.id.startsWith('followOns.')
      ? [{ label: 'follow-ons so far', phrase: say`${fact}` }]
      : [];
  });
}
