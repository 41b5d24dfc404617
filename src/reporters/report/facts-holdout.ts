/** The sealed hold-out: what it answered, and at the end what the last incumbent scored on it. */
import { levelOf } from '../../claims/orient.ts';
import type { StoredEvent } from '../../core/events.ts';
import type { AddFact, FactBook } from './fact.ts';
import { queriedWords, retiredWords } from './holdout-words.ts';
import { countText, numberText, withUnit } from './number-text.ts';
import { metricOf } from './pairs.ts';
import { type Row, rowsOf } from './phrase.ts';
import type { Tally } from './tally.ts';

export function addHoldoutFacts(tally: Tally, add: AddFact): void {
  const { sealed, queried, revealed } = tally.holdout;
  for (const one of sealed) addSet(tally, one, add);
  for (const one of queried) {
    const text = queriedWords(one.body);
    const how = 'As the gate answered it; what the sealed cases gave stays with the gate.';
    add({ id: `asked.${one.trial ?? -1}`, value: text, text, seqs: [one.seq], how });
  }
  for (const one of revealed) addRevealed(tally, one, add);
}

/** How a set stands: the last answer about it says so. */
function addSet(tally: Tally, { seq, body }: StoredEvent<'holdout.sealed'>, add: AddFact): void {
  const { generation, cases, queries } = body;
  const last = tally.holdout.queried.findLast((one) => one.body.generation === generation);
  const asked = last?.body.query ?? 0;
  const end = last && retiredWords(last.body);
  const text = [
    `set ${countText(generation)} of ${countText(cases)} cases`,
    `${countText(asked)} of ${countText(queries)} questions asked`,
    ...(end === undefined ? [] : [end]),
  ].join(', ');
  const seqs = [seq, ...(last ? [last.seq] : [])];
  const how = 'As sealed, and as the last answer about it counts.';
  add({ id: `sealed.${generation}`, value: text, text, n: cases, seqs, how });
}

function addRevealed(
  tally: Tally,
  { seq, body }: StoredEvent<'holdout.revealed'>,
  add: AddFact,
): void {
  const { generation, queries, values, againstValues } = body;
  const metric = metricOf(tally);
  const inUnit = (side: readonly (number | null)[]): string =>
    withUnit(numberText(levelOf(metric, scoredOf(side))), metric.unit);
  const scored = scoredOf(values);
  if (scored.length === 0) return;
  const beside = againstValues ? `, what the set was sealed for ${inUnit(againstValues)}` : '';
  const asked = `set ${countText(generation)}, ${countText(queries)} ${queries === 1 ? 'question' : 'questions'} asked`;
  add({
    id: `revealed.${generation}`,
    value: levelOf(metric, scored),
    text: `${inUnit(values)}${beside} (${countText(scored.length)} sealed cases; ${asked})`,
    unit: metric.unit,
    n: scored.length,
    seqs: [...(tally.opened ? [tally.opened.seq] : []), seq],
    how: 'Mean of the last incumbent measured on the set. It chose among candidates, so it is no gain.',
  });
}

function scoredOf(values: readonly (number | null)[]): readonly number[] {
  return values.filter((one) => one !== null);
}

/** Rows of the answer about data nobody optimised against: where cases are finite, or some are sealed. */
export function holdoutRows(book: FactBook, { holdout }: Tally): readonly Row[] {
  const refused = holdout.queried.filter(({ body }) => body.gate === 'fail');
  return rowsOf(book, [
    ['confirm cases', 'pool.words'],
    ...holdout.sealed.map(({ body }) => ['sealed hold-out', `sealed.${body.generation}`] as const),
    ...refused.map(({ trial = -1 }) => ['refused by it', `asked.${trial}`] as const),
    ...holdout.revealed.map(
      ({ body }) =>
        ['figure on it, never the reported gain', `revealed.${body.generation}`] as const,
    ),
  ]);
}
