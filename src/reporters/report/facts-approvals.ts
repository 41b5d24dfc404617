/** Facts about what people were asked, what they said, and what still waits for them. */
import { decisionWords, requestWords } from './approval-words.ts';
import type { AddFact, FactBook } from './fact.ts';
import { countText } from './number-text.ts';
import { type Detail, type Row, say } from './phrase.ts';
import type { Tally } from './tally.ts';

const WAITS = 'waits for a person';

export function addApprovalFacts({ approvals }: Tally, add: AddFact): void {
  for (const [approval, { requested, decided }] of approvals) {
    const id = `approval.${approval}`;
    const { seq, body } = requested;
    const number = { value: approval, text: countText(approval), seqs: [seq] };
    add({ id: `${id}.number`, ...number, how: 'Its number, as recorded.' });
    const words = requestWords(body);
    const how = 'What was asked, and why a person had to agree, as recorded.';
    add({ id: `${id}.asked`, value: words, text: words, seqs: [seq], how });
    const said = decided ? decisionWords(decided.body) : WAITS;
    const seqs = decided ? [seq, decided.seq] : [seq];
    add({
      id: `${id}.said`,
      value: said,
      text: said,
      seqs,
      how: 'What became of it, as recorded.',
    });
  }
  if (approvals.size === 0) return;
  const all = [...approvals.values()];
  const waiting = all.filter(({ decided }) => decided === undefined).length;
  const seqs = all.flatMap(({ requested, decided }) => [
    requested.seq,
    ...(decided ? [decided.seq] : []),
  ]);
  const text = countText(waiting);
  const how = 'Requests without a decision, counted.';
  add({ id: WAITING, value: waiting, text, n: waiting, seqs, how });
}

/** How many requests nobody has decided; absent where nothing was asked. */
export const WAITING = 'approvals.waiting';

export function waitingCount({ approvals }: Tally): number {
  return [...approvals.values()].filter(({ decided }) => decided === undefined).length;
}

const SHOWN = 3;

/** What waits first, then the latest decisions. */
export function approvalRows(book: FactBook, { approvals }: Tally): readonly Row[] {
  const all = [...approvals];
  const open = all.filter(([, { decided }]) => decided === undefined);
  const closed = all.filter(([, { decided }]) => decided !== undefined).slice(-SHOWN);
  return [...open, ...closed].map(([approval]) => ({
    label: 'a person was asked',
    phrase: say`${book.get(`approval.${approval}.asked`)}; ${book.get(`approval.${approval}.said`)}`,
  }));
}

export function approvalDetails(book: FactBook, { approvals }: Tally): readonly Detail[] {
  return [
    {
      kind: 'table',
      head: ['request', 'what was asked, and why', 'what became of it'],
      rows: [...approvals.keys()].map((approval) => [
        say`${book.get(`approval.${approval}.number`)}`,
        say`${book.get(`approval.${approval}.asked`)}`,
        say`${book.get(`approval.${approval}.said`)}`,
      ]),
    },
  ];
}
