/** Facts about money: what calls to models took, all together, for each promotion and by model. */
import type { EventType } from '../../core/events.ts';
import type { AddFact } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { countText } from './number-text.ts';
import { MAIN_ARM, type Tally } from './tally.ts';

const CALLS: readonly EventType[] = ['spend.reserved', 'spend.settled', 'study.resumed'];
const MICRO = 1_000_000;

export function addMoneyFacts(tally: Tally, add: AddFact): void {
  const { opened } = tally;
  if (!opened) return;
  const { lanes } = opened.body;
  const seqs = [opened.seq];
  if (lanes.some(({ outside }) => outside)) {
    const text = 'without what the proposer’s own program spent';
    const how =
      'A proposer of the first entry is a program from outside: what it buys is not counted.';
    add({ id: 'cost.usd', value: text, text, seqs, how });
  } else if (!lanes.some(({ paid }) => paid)) {
    const how = 'No proposer of the first entry buys anything, and no entry carries a price.';
    add({ id: 'cost.usd', value: 0, text: '0 USD', unit: 'USD', seqs, how });
  } else {
    addSpent(tally, add, seqs);
  }
}

function addSpent(tally: Tally, add: AddFact, seqs: readonly number[]): void {
  const { spent, unanswered, models } = tally.money;
  const span = everyOf(tally, CALLS);
  const entries = { seqs, span };
  const how = 'What the calls to models were booked at, summed; a price of 0 counts as none.';
  add({ id: 'cost.usd', value: spent.microUsd / MICRO, ...usd(spent.microUsd), ...entries, how });
  for (const [id, value] of [
    ['cost.requests', spent.requests],
    ['cost.tokens', spent.tokens],
  ] as const) {
    add({ id, value, text: countText(value), ...entries, how: 'Booked with the calls, summed.' });
  }
  if (unanswered.requests > 0) {
    const aside = unanswered.microUsd;
    add({
      id: 'cost.unanswered',
      value: aside / MICRO,
      ...usd(aside),
      ...entries,
      how: 'Of it, put aside for calls that ended without anybody knowing what they took.',
    });
  }
  const promoted = tally.promotions.filter(({ promoted: one }) => one.body.arm === MAIN_ARM).length;
  if (promoted > 0) {
    add({
      id: 'cost.usdPerPromotion',
      value: spent.microUsd / MICRO / promoted,
      ...usd(spent.microUsd / promoted),
      seqs,
      span: everyOf(tally, [...CALLS, 'candidate.promoted']),
      how: 'All that was spent, by control arms too, over the promotions of the main arm.',
    });
  }
  for (const [model, { microUsd, requests }] of models) {
    add({
      id: `cost.model.${model}`,
      value: microUsd / MICRO,
      unit: 'USD',
      text: `${usd(microUsd).text} in ${countText(requests)} ${requests === 1 ? 'call' : 'calls'}`,
      ...entries,
      how: 'Of that model, summed.',
    });
  }
}

/** To a hundredth of a cent where it is little, to a cent else. */
function usd(microUsd: number): { readonly text: string; readonly unit: 'USD' } {
  const value = microUsd / MICRO;
  return { text: `${value.toFixed(value > 0 && value < 1 ? 4 : 2)} USD`, unit: 'USD' };
}
