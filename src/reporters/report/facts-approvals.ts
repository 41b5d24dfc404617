/** Facts about what people were asked, what they said, and what still waits for them. */
import { decisionWords, requestWords } from './approval-words.ts';
import type { AddFact, FactBook } from './fact.ts';
import { countText } from './number-text.ts';
import { type Detail, type Row, say } from './phrase.ts';
import type { ApprovalTally, Tally } from './tally.ts';

const WAITS = 'waits for a person';

export function addApprovalFacts({ approvals }: Tally, add: AddFact): void {
  for (const [approval, tally] of approvals) addOne(approval, tally, add);
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

type Origin = readonly [seqs: readonly number[], how: string];

function addOne(approval: number, { requested, decided }: ApprovalTally, add: AddFact): void {
  const { seq, body } = requested;
  const asked = requestWords(body);
  const said = decided ? decisionWords(decided.body) : WAITS;
  const put = (name: string, value: string | number, [seqs, how]: Origin): void =>
    add({ id: `approval.${approval}.${name}`, value, text: `${value}`, seqs, how });
  put('number', approval, [[seq], 'Its number, as recorded.']);
  put('asked', asked, [[seq], 'What was asked, and why a person had to agree, as recorded.']);
  const seqs = decided ? [seq, decided.seq] : [seq];
  put('said', said, [seqs, 'What became of it, as recorded.']);
  if (decided === undefined) return;
  put('entry', `entry ${countText(decided.seq)}`, [seqs, 'Where it was decided.']);
  put('words', `${asked}; ${said}`, [seqs, 'What was asked and what became of it.']);
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
