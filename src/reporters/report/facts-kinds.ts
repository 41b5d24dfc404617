/** Facts about whether promotions became another kind of change, or only came faster or slower. */
import type { AddFact, FactBook } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { kindsAndRates, LEAST, type PromotedChange } from './kinds.ts';
import { mechanismOf } from './mechanism.ts';
import { countText, numberText } from './number-text.ts';
import { counted, joined, type Phrase, type Row, say } from './phrase.ts';
import type { PromotionTally, Tally } from './tally.ts';

export function addKindFacts(tally: Tally, add: AddFact): void {
  const { opened, promotions } = tally;
  if (!opened || promotions.length === 0) return;
  const seqs = [opened.seq, ...promotions.flatMap(({ settled }) => (settled ? [settled.seq] : []))];
  const span = everyOf(tally, ['candidate.promoted']);
  const found = kindsAndRates(changesOf(opened.body.originText, promotions));
  const number = (id: string, value: number, how: string): void => {
    const text = Number.isInteger(value) ? countText(value) : numberText(value);
    add({ id: `kinds.${id}`, value, text, seqs, span, how });
  };
  number('promotions', promotions.length, 'Promotions, counted.');
  number('groups', found.kinds.length, 'Groups of promotions by mechanism, counted.');
  if (found.isTooFew) {
    number('least', LEAST, 'The fewest promotions of which any could be called new.');
    return;
  }
  const trialAt = (at: number): number => promotions[at]?.promoted.trial ?? -1;
  for (const [i, kind] of found.kinds.filter(({ isNew }) => isNew).entries()) {
    const id = `new.${i}`;
    number(`${id}.from`, trialAt(kind.members[0] ?? 0), 'The first trial of the group.');
    number(`${id}.members`, kind.members.length, 'Promotions of the group, counted.');
    number(`${id}.p`, kind.p, P_OF_KIND);
    number(`${id}.nearest`, kind.nearest ?? 0, LIKENESS);
  }
  const { rate } = found;
  if (rate === undefined) return;
  number('rate.p', rate.p, P_OF_RATE);
  rate.at.forEach((at, i) => {
    number(`rate.${i}.from`, trialAt(at), 'First trial after a change point (PELT).');
  });
}

const P_OF_KIND =
  'Chance that the group would first appear so late, were its promotions at any places behind the first.';
const LIKENESS =
  'Mean likeness of its first promotion to the nearest group before: operator, places, tokens, a third each.';
const P_OF_RATE =
  'Share of orders of the promotions that split the logarithm of gain per evaluation at least as well.';

function changesOf(origin: string, promotions: readonly PromotionTally[]): PromotedChange[] {
  let from = origin;
  let spent = 0;
  return promotions.map(({ promoted, settled }) => {
    const to = settled?.body.text ?? from;
    const mechanism = mechanismOf(settled?.body.operator ?? '', from, to);
    const { gain, atEvals } = promoted.body;
    const evals = atEvals - spent;
    from = to;
    spent = atEvals;
    return { mechanism, gain, evals };
  });
}

/** One row, which also says what it cannot tell. */
export function kindRows(book: FactBook): readonly Row[] {
  const of = (id: string) => book.get(`kinds.${id}`);
  if (!of('promotions')) return [];
  const groups = say`${counted(of('promotions'), 'promotion')} in ${counted(of('groups'), 'group')} by mechanism`;
  if (of('least')) {
    const phrase = say`${groups}: too few to tell a change of kind or of rate (at least ${of('least')})`;
    return [{ label: 'kind and rate', phrase }];
  }
  const kinds = numbered(book, 'new').map(
    (id) =>
      say`NEW MECHANISM from trial ${of(`${id}.from`)} on: ${counted(of(`${id}.members`), 'promotion')}, likeness to the nearest before ${of(`${id}.nearest`)}, chance so late ${of(`${id}.p`)}`,
  );
  const places = numbered(book, 'rate').map((id) => say`${of(`${id}.from`)}`);
  const rate: Phrase = !of('rate.p')
    ? say`of the rate nothing can be said: a gain was not positive`
    : places.length > 0
      ? say`gain per evaluation changed at trial ${joined(places, ', ')} (p ${of('rate.p')})`
      : say`no change of gain per evaluation found (p ${of('rate.p')})`;
  const kind = kinds.length > 0 ? joined(kinds, '; ') : say`no new mechanism: more of the same`;
  return [{ label: 'kind and rate', phrase: say`${groups}; ${kind}; ${rate}` }];
}

/** `new.0`, `new.1`, as far as there are any. */
function numbered(book: FactBook, name: string): readonly string[] {
  const ids = [...book.keys()].flatMap((id) => /^kinds\.(\w+\.\d+)\.from$/.exec(id)?.[1] ?? []);
  return ids.filter((id) => id.startsWith(`${name}.`));
}
