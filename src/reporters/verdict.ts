/** What a study found, in one sentence and in five lines. */

import type { ReportFacts } from './facts.ts';
import { stripControl } from './plain-text.ts';
import { comparedWords, notLookedFor, ORIGIN, verdictOf } from './report/answers-evidence.ts';
import { WAITING, waitingCount } from './report/facts-approvals.ts';
import { failurePhrases } from './report/facts-failures.ts';
import { ISLANDS } from './report/facts-islands.ts';
import { unfitPhrases } from './report/facts-unfit.ts';
import { counted, joined, type Phrase, phraseText, say, sized } from './report/phrase.ts';

/** The headline: no more than the evidence bears. */
export function verdictPhrase(facts: ReportFacts): Phrase {
  const { book, isClosed, promotions } = facts;
  const unfinished = isClosed ? say`` : say`Unfinished, as of entry ${book.get('ledger.seq')}: `;
  const name = promotions === 0 ? undefined : verdictOf(facts, ORIGIN);
  return [...unfinished, ...finding(facts, name)];
}

function finding(facts: ReportFacts, verdict: ReturnType<typeof verdictOf>): Phrase {
  const { book, promotions, isClosed } = facts;
  const size = say`${sized(book, 'compared.origin', 'fresh pairs')}: ${book.get('compared.origin.theirs')} before, ${book.get('compared.origin.ours')} now`;
  const metric = book.get('study.metric');
  const isTime = facts.tally.opened?.body.metric.kind === 'time';
  if (promotions === 0) {
    const words = isClosed ? 'Nothing was promoted' : 'nothing was promoted so far';
    return say`${words}. ${notLookedFor(facts)}`;
  }
  switch (verdict) {
    case 'ahead':
      return say`On ${metric}, the incumbent beats the untouched origin${isTime ? ', ' : ' by '}${size}.`;
    case 'behind':
      return say`On ${metric}, the incumbent is worse than the untouched origin: ${size}.`;
    case 'equal':
      return say`On ${metric}, ${book.get('compared.origin.words')}.`;
    case 'no-evidence':
      return say`On ${metric}, the incumbent is not told apart from the untouched origin: ${size}.`;
    default:
      return say`${counted(book.get('promotions.total'), 'promotion')}; the comparison with the untouched origin is still to come.`;
  }
}

/** What the report is a report of. */
export function statusPhrase({ book, isClosed }: ReportFacts): Phrase {
  const state = isClosed ? say`ended: ${book.get('study.closed')}` : say`unfinished`;
  return say`Study ${book.get('study.id')} · ${state} · entries ${book.get('ledger.seq')} · head ${book.get('ledger.hash')} · engine ${book.get('study.engine')}`;
}

export function verdictPhrases(facts: ReportFacts): readonly Phrase[] {
  return [
    verdictPhrase(facts),
    controlPhrase(facts),
    say`Cost: ${counted(facts.book.get('evals.total'), 'evaluation')} in ${counted(facts.book.get('trials.total'), 'trial')}, ${facts.book.get('cost.activeMs')}, ${facts.book.get('cost.usd')}.`,
    ...failurePhrases(facts.book, facts.tally),
    ...unfitPhrases(facts.book, facts.tally),
    ...holdoutPhrases(facts),
    uncheckedPhrase(facts),
    ...(facts.book.has('safety.credentials')
      ? [say`Proposals: ${facts.book.get('safety.credentials')}.`]
      : []),
    say`Keep this line, it finds a rewritten ledger: paceline verify ${facts.book.get('study.id')} --head ${facts.book.get('ledger.head')}`,
  ];
}

function controlPhrase(facts: ReportFacts): Phrase {
  const { book, tally } = facts;
  const judged = book.get(`${ISLANDS}.words`);
  if (judged) return say`Against plain sampling: ${judged}.`;
  const arms = new Map(tally.opened?.body.arms.map(({ name, search }) => [name, search]));
  const words = tally.comparisons
    .filter(({ body }) => body.arm !== ORIGIN)
    .map(({ body: { arm } }) => {
      const rival = arms.get(arm) === 'random' ? 'random draws' : 'plain sampling';
      return say`against ${rival}: ${comparedWords(facts, arm)}`;
    });
  const alarms = [...arms]
    .filter(([name, search]) => search === 'no-op' && book.has(`alarm.${name}.words`))
    .map(([name]) => say`${book.get(`alarm.${name}.words`)}`);
  const said = [
    ...(words.length > 0 ? words : [say`against plain sampling: not compared`]),
    ...alarms,
  ];
  return say`${sentence(joined(said, '; '))}.`;
}

/** Begins with a capital where the first word is ours. */
function sentence([first, ...rest]: Phrase): Phrase {
  return typeof first === 'string'
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [...(first === undefined ? [] : [first]), ...rest];
}

/** The figure of the last set, where there is one: beside the gain, never in its place. */
function holdoutPhrases({ book, tally }: ReportFacts): readonly Phrase[] {
  const last = tally.holdout.sealed.at(-1);
  if (last === undefined) return [];
  const { generation } = last.body;
  const figure = book.get(`revealed.${generation}`);
  const stands = say`Sealed hold-out: ${book.get(`sealed.${generation}`)}`;
  return figure
    ? [say`Sealed hold-out, reused and so not the gain: the final incumbent ${figure}.`]
    : [say`${stands}; its figure is shown when the study ends.`];
}

function uncheckedPhrase({ book, tally }: ReportFacts): Phrase {
  const { promotions, opened } = tally;
  const isAlone = promotions.some(({ promoted }) =>
    promoted.body.approvedBy.startsWith('autonomy'),
  );
  const people = isAlone ? 'No person looked before promotion' : 'No promotion without a person';
  const none = tally.approvals.size > 0 ? 'A person was asked' : 'Nobody had to approve anything';
  const waits =
    waitingCount(tally) > 0
      ? say` ${counted(book.get(WAITING), 'request')} without an answer: paceline approve ${book.get('study.id')}.`
      : [];
  const said = promotions.length > 0 ? people : none;
  const isUnchecked = opened && Number(book.get('safety.uncheckedCount')?.value) > 0;
  const left = tally.closed && book.get('safety.unaudited');
  const since = left ? say` Not deeply audited: ${left} of the promotions.` : [];
  return isUnchecked
    ? [...say`Unchecked: ${book.get('safety.uncheckedNames')}. ${said}.`, ...since, ...waits]
    : [...say`${said}.`, ...since, ...waits];
}

/** For terminals: what improved, the control, the cost, what nobody checked, the ledger's head. */
export function verdictLines(facts: ReportFacts): readonly string[] {
  return verdictPhrases(facts).map((phrase) => stripControl(phraseText(phrase)));
}
