/** Answers about whether the gain is real. */
import { isOfTheArm } from '../../core/accounts.ts';
import type { EventBody } from '../../core/events.ts';
import type { ReportFacts } from '../facts.ts';
import { islandsDetails, islandsLead, islandsRows } from './answers-islands.ts';
import { holdoutRows } from './facts-holdout.ts';
import { isOfIslands } from './facts-islands.ts';
import { otherFact, othersOf } from './facts-others.ts';
import { writtenRows } from './facts-steering.ts';
import { leadingPromotion } from './leading.ts';
import { otherLabel } from './other-text.ts';
import {
  type Answer,
  counted,
  joined,
  type Phrase,
  type Row,
  rowsOf,
  say,
  sized,
} from './phrase.ts';
import { MAIN_ARM } from './tally.ts';
import { ruleOf } from './words.ts';

/** The comparison of the final incumbent with the untouched origin. */
export const ORIGIN = 'origin';

/** The verdict of a recorded comparison; undefined before it was made. */
export function verdictOf({ tally }: ReportFacts, arm: string) {
  return tally.comparisons.find(({ body }) => body.arm === arm)?.body.verdict;
}

export function baselineAnswer(facts: ReportFacts): Answer {
  const { book } = facts;
  return {
    question: 'Would an unchanged baseline have done this?',
    lead: baselineLead(facts),
    rows: [
      ...intervalRows(facts, ORIGIN, 'incumbent over origin'),
      ...rowsOf(book, [['origin', 'floor.mean']]),
      ...(book.has('floor.scale')
        ? [
            {
              label: 'noise of one evaluation',
              phrase: say`σ = ${book.get('floor.scale')}, from ${book.get('floor.n')} evaluations of the origin; the same instance and seed ${book.get('floor.repeats')}`,
            },
          ]
        : []),
      ...rowsOf(book, [
        ['evaluator audit', 'floor.audit'],
        ['smallest effect planned for', 'rule.delta'],
      ]),
    ],
  };
}

function baselineLead(facts: ReportFacts): Phrase {
  const { book, promotions } = facts;
  const n = book.get('compared.origin.n');
  if (isExact(facts) && verdictOf(facts, ORIGIN)) return say`${book.get('compared.origin.words')}.`;
  switch (verdictOf(facts, ORIGIN)) {
    case 'ahead':
      return say`No. On ${n} fresh instances the final incumbent does better than the untouched origin.`;
    case 'behind':
      return say`It would have done better: on ${n} fresh instances the final incumbent is worse than the untouched origin.`;
    case 'no-evidence':
      return say`Possibly: ${n} fresh instances do not tell the final incumbent and the untouched origin apart.`;
    case 'equal':
      return say`${book.get('compared.origin.words')}.`;
    case 'identical':
      return say`Yes: nothing was promoted, the incumbent is the untouched origin. ${notLookedFor(facts)}`;
    case undefined:
      return promotions === 0
        ? say`So far nothing was promoted: the incumbent is the untouched origin. ${notLookedFor(facts)}`
        : say`Not compared yet: the comparison with the untouched origin is made when the study ends.`;
  }
}

/** A verifier decides, and nothing is estimated. */
export function isExact({ tally }: ReportFacts): boolean {
  return ruleOf(tally.opened?.body.rule).mode === 'exact';
}

function intervalRows({ book }: ReportFacts, arm: string, label: string): Row[] {
  const gain = book.get(`compared.${arm}.gain`);
  if (!gain) return [];
  return [{ label, phrase: sized(book, `compared.${arm}`) }];
}

export function triesAnswer(facts: ReportFacts): Answer {
  const { book, tally } = facts;
  const ends = [...tally.ends.keys()]
    .map((end) => `ends.${end}`)
    .flatMap((id) => book.get(id) ?? []);
  const endings = ends
    .sort((a, b) => Number(b.value) - Number(a.value))
    .map((fact) => say`${fact} ${fact.id.replace('ends.', '')}`);
  return {
    question: 'How many tries did it take?',
    lead: say`${counted(book.get('trials.total'), 'trial')}, ${counted(book.get('confirms.main'), 'confirm attempt')}, ${counted(book.get('promotions.total'), 'promotion')}.`,
    rows: [
      {
        label: 'how they ended',
        phrase: endings.length > 0 ? joined(endings, ' · ') : say`none settled`,
      },
      ...rowsOf(book, [
        ['drafts considered', 'trials.considered'],
        ['admitted to the archive', 'trials.admitted'],
      ]),
      {
        label: 'error budget',
        phrase: isExact(facts)
          ? say`none: an exact objective has nothing to test`
          : say`levels of the unconfirmed attempts sum to ${book.get('confirms.alphaSpent')}; every further try raised the bar`,
      },
      ...rowsOf(book, [['all attempts together', 'confirms.eBh']]),
    ],
  };
}

export function samplingAnswer(facts: ReportFacts): Answer {
  const { book, tally } = facts;
  const question = 'Would plain sampling at the same budget have found it?';
  if (isOfIslands(tally)) {
    const rows = [...islandsRows(facts), ...writtenRows(book, tally)];
    return { question, lead: islandsLead(facts), rows, ...islandsDetails(facts) };
  }
  const controls = tally.opened?.body.arms.filter(({ name }) => name !== MAIN_ARM) ?? [];
  const rivals = controls.filter(({ search }) => search !== 'no-op');
  const compared = rivals.filter(({ name }) => book.has(`compared.${name}.words`));
  const words = compared.map(({ name }) => {
    const said = comparedWords(facts, name);
    return compared.length > 1 ? say`${book.get(`arm.${name}`)}: ${said}` : said;
  });
  return {
    question,
    lead: samplingLead(rivals.length, words),
    rows: [
      ...controls.flatMap((arm) =>
        arm.search === 'no-op' ? [alarmRow(facts, arm)] : rivalRows(facts, arm),
      ),
      ...writtenRows(book, tally),
    ],
  };
}

/**
 * The words of a comparison with a control, and where ours had come nowhere yet, that. Studies of the
 * first fold let ours pay for the noise floor, which in short ones is most of what there was.
 */
export function comparedWords({ book, tally }: ReportFacts, name: string): Phrase {
  const words = say`${book.get(`compared.${name}.words`)}`;
  const compared = tally.comparisons.find(({ body }) => body.arm === name)?.body;
  const { origin } = tally.opened?.body ?? {};
  if (compared === undefined || compared.ours !== origin || compared.theirs === origin)
    return words;
  const spent = book.get(`compared.${name}.evals`);
  const floor = isOfTheArm('floor', tally.opened?.body.fold)
    ? ', the noise floor’s among them,'
    : '';
  return say`${words}; after those ${spent} evaluations${floor} ours was still the origin`;
}

type ControlArm = EventBody['study.opened']['arms'][number];

const DRAWS: Readonly<Record<string, string>> = {
  random: 'drawing from the whole space, whatever the origin',
};

function rivalRows(facts: ReportFacts, { name, search }: ControlArm): Answer['rows'] {
  const { book } = facts;
  const draws = DRAWS[search] ?? 'same proposers drawing from the origin';
  const spent = `compared.${name}.evals`;
  const matched = say`our incumbent as it was after ${book.get(spent)} evaluations, the control’s whole spend`;
  return [
    { label: 'control arm', phrase: say`${book.get(`arm.${name}`)}, ${draws}` },
    ...intervalRows(facts, name, 'ours over the control'),
    ...(book.has(spent) ? [{ label: 'matched spend', phrase: matched }] : []),
  ];
}

function alarmRow({ book }: ReportFacts, { name }: ControlArm): Answer['rows'][number] {
  return {
    label: 'A/A arm',
    phrase: say`${book.get(`arm.${name}`)}, the origin unchanged; ${book.get(`alarm.${name}.words`)}`,
  };
}

function samplingLead(controls: number, words: readonly Phrase[]): Phrase {
  if (controls === 0) return say`Unknown: this study has no control arm.`;
  if (words.length === 0)
    return say`Not compared yet: the comparison at matched spend is made when the study ends.`;
  return say`${capital(joined(words, '; '))}.`;
}

/** Words are quoted exactly; a sentence starts before them, not inside them. */
function capital(phrase: Phrase): Phrase {
  return ['Recorded verdict: ', ...phrase];
}

export function freshDataAnswer(facts: ReportFacts): Answer {
  const { book, tally } = facts;
  const gains = tally.promotions.map(({ promoted }) => `promotion.${promoted.trial}`);
  const leading = leadingPromotion(tally);
  const last = leading && `promotion.${leading.promoted.trial}`;
  const others = othersOf(tally);
  const lastTrial = leading?.promoted.trial ?? -1;
  return {
    question: 'Does it hold on data nobody optimised against?',
    lead: isExact(facts)
      ? say`There is no data: the objective is one exact value. ${verifiedLead(facts, last)}`
      : last
        ? say`Every promotion was measured again after its decision, on fresh instances drawn from a secret seed. ${lastWords(facts)}: ${book.get(`${last}.gain`)} over its predecessor (${book.get(`${last}.level`)} interval, ${book.get(`${last}.n`)} pairs).`
        : say`${nothingWords(facts)}, so there is no gain to hold.`,
    rows: [
      ...rowsOf(
        book,
        others.map((metric) => [otherLabel(metric), otherFact(lastTrial, metric.name)] as const),
      ),
      ...holdoutRows(book, tally),
    ],
    ...(gains.length > 0 ? { more: blocksOf(book, { gains, others }) } : {}),
  };
}

/** Those that were taken back, too: they were measured. */
function blocksOf(
  book: ReportFacts['book'],
  {
    gains,
    others,
  }: { readonly gains: readonly string[]; readonly others: ReturnType<typeof othersOf> },
): NonNullable<Answer['more']> {
  const keys = others.map(({ name }) => `other.${name}`);
  const head = ['trial', 'by', 'gain over predecessor', 'pairs', 'own score', 'evidence', 'notes'];
  const table = {
    kind: 'table' as const,
    head: [...head, ...others.map(otherLabel)],
    rows: gains.map((id) =>
      ['trial', 'by', 'gain', 'n', 'score', 'evidence', 'notes', ...keys].map(
        (key) => say`${book.get(`${id}.${key}`)}`,
      ),
    ),
  };
  return { title: 'Every promotion with its block', details: [table] };
}

const BUDGETS: ReadonlySet<string> = new Set([
  'trials',
  'evals',
  'wall',
  'usd',
  'tokens',
  'requests',
]);

function raiseWords({ closed }: ReportFacts['tally']): string {
  const { stoppedBy = '' } = closed?.body ?? {};
  return BUDGETS.has(stoppedBy) ? ` Raise budget.${stoppedBy} (--${stoppedBy}) and run again.` : '';
}

/** What the absence of a promotion does not say. */
export function notLookedFor({ book, tally }: ReportFacts): Phrase {
  const hasAsked = book.has('cost.requests') && tally.money.spent.requests > 0;
  if (tally.opened && tally.trials === 0 && hasAsked)
    return say`Not one trial was made, so nothing was looked for: ${counted(book.get('cost.requests'), 'call')} to models brought none in time. See that the models can be reached.${raiseWords(tally)}`;
  if (tally.opened && tally.trials === 0)
    return say`Not one trial was made, so nothing was looked for.${raiseWords(tally)}`;
  if (tally.trials > 0 && tally.failed === tally.trials)
    return say`Not one candidate had a score, so nothing was found out about any.`;
  return book.has('rule.delta')
    ? say`That does not mean that nothing is better: this search cannot find effects below ${book.get('rule.delta')}.`
    : say`Nothing was measured.`;
}

/** What a rollback took back is a gain of nobody. */
function lastWords({ tally }: ReportFacts): string {
  return leadingPromotion(tally) === tally.promotions.at(-1) ? 'The last' : 'The last that stands';
}

function nothingWords({ tally }: ReportFacts): string {
  return tally.promotions.length === 0 ? 'Nothing was promoted' : 'Every promotion was taken back';
}

function verifiedLead(facts: ReportFacts, last: string | undefined): Phrase {
  const { book, tally } = facts;
  const whose = ruleOf(tally.opened?.body.rule).isItself
    ? 'the evaluator, run again: no second program looked'
    : 'an independent verifier';
  return last
    ? say`Every promotion was decided by ${whose}. ${lastWords(facts)}: ${book.get(`${last}.gain`)} over its predecessor.`
    : say`${nothingWords(facts)}, so there is no gain to verify.`;
}
