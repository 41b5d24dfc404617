/** A finite pool of confirm cases: what it was used for, and how much of it. */
import type { AddFact } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { countText } from './number-text.ts';
import type { Tally } from './tally.ts';

export function addPoolFacts(tally: Tally, add: AddFact): void {
  const { opened, drawn } = tally;
  const pool = opened?.body.pool;
  if (!opened || !pool) return;
  const used = `${countText(drawn)} used, each once`;
  const text =
    pool.use === 'blocks'
      ? `a pool of ${countText(pool.cases)} cases, drawn without replacement: ${used}`
      : `${countText(pool.asked)} cases that all attempts share, of which nothing but accepted or not is told; of ${countText(pool.cases - pool.asked)} others for gains and comparisons ${used}`;
  add({
    id: 'pool.words',
    value: text,
    text,
    n: pool.cases,
    seqs: [opened.seq],
    span: everyOf(tally, ['measurement.recorded']),
    how: 'The pool as promised, and the pairs of confirms, blocks and comparisons, counted.',
  });
}
