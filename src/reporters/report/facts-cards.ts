/** Facts of the score cards: who proposed, at what cost, and how good ideas and forecasts were. */
import { type Cards, cardsOf, type ExecutionCard, type IdeationCard } from '../cards/cards.ts';
import { CARD_TYPES } from '../cards/tally.ts';
import { costText, figureText, percentText, shareText, skillText } from '../cards/words.ts';
import type { AddFact, FactBook } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { countText, durationText } from './number-text.ts';
import { type Detail, type Phrase, say } from './phrase.ts';
import type { Tally } from './tally.ts';

/** Only where something was expected of proposals: older ledgers have no card of ideas. */
export function addCardFacts(tally: Tally, add: AddFact): void {
  const cards = cardsOf(tally.cards);
  if (cards.taste === undefined || cards.execution.length === 0) return;
  const span = everyOf(tally, CARD_TYPES);
  const tell = (id: string, text: string, how: string): void =>
    add({ id: `cards.${id}`, value: text, text, seqs: [], span, how });
  tell('baseRate', shareText(cards.baseRate), DRAWN);
  tell('choosing', durationText(cards.screening.tasteMs), CHOOSING);
  cards.execution.forEach((one, i) => addExecution(i, one, tell));
  cards.ideation.forEach((one, i) => addIdeation(i, one, tell));
  addForecasters(cards, tell);
}

type Tell = (id: string, text: string, how: string) => void;

const NAMED = 'As the trials name it.';
const WORK = 'Of its trials in the searches, counted or summed.';
const DRAWN =
  'Of the trials whose draft nobody chose, those that the screen saw above the candidate they came from.';
const SCORED =
  'Of forecasts made before the measurement, on the trials whose draft nobody chose (Brier 1950, Murphy 1973).';
const CHOOSING = 'Time that making and forecasting drafts took, charged to the trials.';

function addExecution(i: number, one: ExecutionCard, tell: Tell): void {
  tell(`by.${i}`, one.by, NAMED);
  tell(`trials.${i}`, countText(one.trials), WORK);
  tell(`copies.${i}`, countText(one.copies), WORK);
  tell(`valid.${i}`, shareText(one.valid), WORK);
  tell(`reliable.${i}`, shareText(one.reliable), WORK);
  tell(`cost.${i}`, costText(one), WORK);
}

function addIdeation(i: number, one: IdeationCard, tell: Tell): void {
  tell(`hits.${i}`, shareText(one.hits), DRAWN);
  tell(`bold.${i}`, shareText(one.bold), 'Moved by more than two noise scales, either way.');
  tell(`promoted.${i}`, countText(one.promoted), WORK);
  tell(`skill.${i}`, skillText(one.taste), SCORED);
  tell(`area.${i}`, figureText(one.taste.area, one.taste), SCORED);
  if (one.own) tell(`own.${i}`, figureText(one.own.area, one.own), SCORED);
}

function addForecasters({ forecasters }: Cards, tell: Tell): void {
  forecasters.forEach(({ by, kind, score }, i) => {
    const id = `forecaster.${i}`;
    tell(`${id}.by`, `${by} (${kind})`, NAMED);
    tell(`${id}.n`, countText(score.n), SCORED);
    tell(`${id}.skill`, skillText(score), SCORED);
    tell(`${id}.area`, figureText(score.area, score), SCORED);
    tell(`${id}.regret`, figureText(score.regret, score), SCORED);
    score.reliability.forEach(({ said, came, interval, n }, row) => {
      tell(`${id}.said.${row}`, percentText(said), SCORED);
      tell(`${id}.came.${row}`, shareText({ value: came, interval, n }), SCORED);
    });
  });
}

/** Tables of the two cards and of the forecasts; empty where there are none. */
export function cardDetails(book: FactBook): readonly Detail[] {
  if (!book.has('cards.baseRate')) return [];
  return [
    {
      kind: 'text',
      phrase: say`Execution: how the work was done. Making and judging drafts took ${book.get('cards.choosing')}, charged to the trials.`,
    },
    table(
      book,
      ['proposer', 'trials', 'copies', 'valid', 'reliable', 'cost'],
      ['by', 'trials', 'copies', 'valid', 'reliable', 'cost'],
    ),
    {
      kind: 'text',
      phrase: say`Ideation: how good the ideas were, on trials that nobody chose. Base rate: ${book.get('cards.baseRate')} better than what they came from, as a noisy screen saw it.`,
    },
    table(
      book,
      [
        'proposer',
        'hits',
        'bold',
        'promoted',
        'Brier skill of the taste',
        'area',
        'area of its own words',
      ],
      ['by', 'hits', 'bold', 'promoted', 'skill', 'area', 'own'],
    ),
    {
      kind: 'text',
      phrase: say`Forecasts, made before the measurement. Skill is over always saying the base rate; the area of a coin is a half; regret is in that of a coin.`,
    },
    ...forecasterTables(book),
  ];
}

function table(book: FactBook, head: readonly string[], names: readonly string[]): Detail {
  const count = idsOf(book, /^cards\.by\.\d+$/).length;
  const rows = Array.from({ length: count }, (_, i) =>
    names.map((name) => cell(book, `cards.${name}.${i}`)),
  );
  return { kind: 'table', head, rows };
}

function forecasterTables(book: FactBook): readonly Detail[] {
  const ids = idsOf(book, /^cards\.forecaster\.\d+\.by$/).map((id) => id.slice(0, -'.by'.length));
  const summary = ids.map((id) =>
    ['by', 'n', 'skill', 'area', 'regret'].map((name) => cell(book, `${id}.${name}`)),
  );
  const reliability = ids.flatMap((id) =>
    idsOf(book, new RegExp(`^${id.replaceAll('.', '[.]')}[.]said[.]`)).map((said) => [
      cell(book, `${id}.by`),
      cell(book, said),
      cell(book, said.replace('.said.', '.came.')),
    ]),
  );
  return [
    {
      kind: 'table',
      head: ['forecaster', 'scored', 'Brier skill', 'area', 'regret'],
      rows: summary,
    },
    { kind: 'table', head: ['forecaster', 'said, mean', 'came true'], rows: reliability },
  ];
}

function idsOf(book: FactBook, fits: RegExp): readonly string[] {
  return [...book.keys()].filter((id) => fits.test(id));
}

function cell(book: FactBook, id: string): Phrase {
  const fact = book.get(id);
  return fact ? say`${fact}` : ['—'];
}
