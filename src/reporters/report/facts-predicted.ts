/** Facts about what was expected of a candidate that somebody handed in, beside what was measured of it. */
import type { StoredEvent } from '../../core/events.ts';
import type { AddFact } from './fact.ts';
import { gainText } from './number-text.ts';
import { metricOf, regain, regainExact } from './pairs.ts';
import { predictionText } from './prediction-text.ts';
import { screenText } from './screen-text.ts';
import type { PromotionTally, Settled, Tally } from './tally.ts';
import { scoresOf } from './tally-trials.ts';

export const predictedId = (seq: number): string => `steer.${seq}.predicted`;

/** Where an effect was predicted. */
export function addPredicted(
  tally: Tally,
  { seq, body: { said, takes } }: StoredEvent<'study.steered'>,
  add: AddFact,
): void {
  const { opened } = tally;
  if (said.kind !== 'candidate' || takes === undefined || opened === undefined) return;
  const text = predictionText(said.value, metricOf(tally));
  if (text === undefined) return;
  const how = 'The gain that was expected of it, as recorded before anything was measured.';
  add({ id: predictedId(seq), value: text, text, seqs: [opened.seq, seq], how });
  const seen = measuredOf(tally, takes.trial);
  if (seen === undefined) return;
  const { words, seqs } = seen;
  const id = `steer.${seq}.measured`;
  add({ id, value: words, text: words, seqs: [opened.seq, seq, ...seqs], how: seen.how });
}

interface Seen {
  readonly words: string;
  readonly seqs: readonly number[];
  readonly how: string;
}

function measuredOf(tally: Tally, trial: number): Seen | undefined {
  const settled = tally.handedIn.get(trial);
  if (settled === undefined) return undefined;
  const promotion = tally.promotions.find(({ promoted }) => promoted.trial === trial);
  return (promotion && ofBlock(tally, promotion, settled)) ?? ofScreen(tally, settled);
}

/** Of the pairs that were fixed before any of them was measured. */
function ofBlock(tally: Tally, { promoted, block }: PromotionTally, { seq }: Settled) {
  const { tolerance, n } = promoted.body;
  const again = tolerance === undefined ? regain(tally, block, n) : regainExact(tally, block);
  if (again === undefined) return undefined;
  const how = 'The gain of its promotion, computed again from the pairs of its block.';
  return {
    words: gainText(again, metricOf(tally)),
    seqs: [...again.seqs, seq, promoted.seq],
    how,
  };
}

function ofScreen(tally: Tally, settled: Settled): Seen {
  const isScored = scoresOf(settled).length > 0;
  const words = isScored
    ? `no gain shown; its screen saw ${screenText(metricOf(tally), settled)}`
    : `no gain shown; ${settled.body.outcome}`;
  const how = 'Mean of the scores of its screen: few evaluations, which claim nothing.';
  return { words, seqs: [settled.seq], how };
}
