/** Facts about what people said while the study ran. */
import type { StoredEvent } from '../../core/events.ts';
import { isClient } from '../../core/steering.ts';
import type { AddFact, FactBook } from './fact.ts';
import { addPredicted, predictedId } from './facts-predicted.ts';
import { everyOf } from './facts-trials.ts';
import { countText } from './number-text.ts';
import { type Detail, type Phrase, type Row, say } from './phrase.ts';
import { steeringWords } from './steering-words.ts';
import type { Tally } from './tally.ts';

export function addSteeringFacts(tally: Tally, add: AddFact): void {
  for (const event of tally.steered) {
    const { seq, body } = event;
    const facts = {
      words: [steeringWords(body.said, body.by), 'What was said, as recorded.'],
      id: [body.id, 'Its name, by which a rule is taken back.'],
      by: [body.by, 'Who said it, by their own account.'],
      entry: [`entry ${countText(seq)}`, 'Where it was taken up.'],
      ended: [
        body.declines === undefined ? 'no trial' : `trial ${countText(body.declines)}`,
        'The challenger it ended, as recorded.',
      ],
    } as const;
    for (const [name, [text, how]] of Object.entries(facts)) {
      add({ id: `steer.${seq}.${name}`, value: text, text, seqs: [seq], how });
    }
    addBecame(tally, event, add);
    addPredicted(tally, event, add);
  }
}

/** What followed from it: of a candidate its trial, of a rule what it barred. */
function addBecame(tally: Tally, { seq, body }: StoredEvent<'study.steered'>, add: AddFact): void {
  const { said, takes } = body;
  const id = becameId(seq);
  const fate = takes && tally.fates.get(takes.trial);
  if (takes && fate) {
    const text = `trial ${countText(takes.trial)}: ${fate.words}`;
    const how = 'The trial that tries what was handed in, and how that stands.';
    add({ id, value: text, text, seqs: fate.seqs, how });
  }
  if (said.kind !== 'veto' && said.kind !== 'constraint') return;
  const value = tally.barred.get(body.id) ?? 0;
  const text = `${countText(value)} ${value === 1 ? 'trial' : 'trials'} barred`;
  const span = everyOf(tally, ['trial.settled']);
  add({ id, value, text, seqs: [seq], span, how: 'Trials that it bars, of all arms, counted.' });
}

const becameId = (seq: number): string => `steer.${seq}.became`;

/** The promotions of what was handed in: those the search did not find. */
export function writtenRows(book: FactBook, { promotions, steered }: Tally): readonly Row[] {
  const taken = new Map(steered.map((event) => [event.body.takes?.trial, event]));
  return promotions.flatMap(({ promoted: { trial } }) => {
    const event = taken.get(trial);
    if (trial === undefined || event === undefined) return [];
    const promotion = book.get(`promotion.${trial}.trial`);
    const words = book.get(`steer.${event.seq}.words`);
    const phrase = isClient(event.body.by)
      ? say`the promotion of trial ${promotion} is of a program that handed it in (${words}); what is said here is of search and that program together`
      : say`the promotion of trial ${promotion} is a person’s (${words}); what is said here is of search and people together`;
    const label = isClient(event.body.by) ? 'handed in by a program' : 'written by a person';
    return [{ label, phrase }];
  });
}

/** The first that decided something: from there on another run may take another course. */
export function firstDecision({ steered, approvals }: Tally): string | undefined {
  const first = steered.find(({ body }) => body.said.kind !== 'note');
  const agreed = [...approvals.values()].flatMap(({ decided }) =>
    decided?.body.by === undefined ? [] : [decided],
  );
  const [one] = agreed.sort((a, b) => a.seq - b.seq);
  if (one && one.seq < (first?.seq ?? Number.POSITIVE_INFINITY))
    return `approval.${one.body.approval}`;
  return first && `steer.${first.seq}`;
}

const SHOWN = 3;

/** The latest few, for who said yes having seen what. */
export function steeringRows(book: FactBook, { steered }: Tally): readonly Row[] {
  return steered.slice(-SHOWN).map(({ seq }) => ({
    label: 'a person said',
    phrase: say`${book.get(`steer.${seq}.words`)} (${book.get(`steer.${seq}.by`)}, ${book.get(`steer.${seq}.entry`)})`,
  }));
}

export function steeringDetails(book: FactBook, { steered }: Tally): readonly Detail[] {
  const hasPredictions = steered.some(({ seq }) => book.has(predictedId(seq)));
  const told = (id: string, otherwise: Phrase): Phrase =>
    book.has(id) ? say`${book.get(id)}` : otherwise;
  const beside = hasPredictions ? ['predicted', 'measured'] : [];
  return [
    {
      kind: 'table',
      head: [
        'taken up in',
        'id',
        'by',
        'what was said',
        'challenger ended',
        'what became of it',
        ...beside,
      ],
      rows: steered.map(({ seq }) => [
        ...['entry', 'id', 'by', 'words', 'ended'].map(
          (name) => say`${book.get(`steer.${seq}.${name}`)}`,
        ),
        told(becameId(seq), say`as said`),
        ...beside.map((name) => told(`steer.${seq}.${name}`, say`-`)),
      ]),
    },
  ];
}
