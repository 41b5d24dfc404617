/** What a reader must see before anything else: numbers of the ledger that contradict each other, and commitments that do not hold. */
import type { FactBook } from './fact.ts';
import { type Phrase, say } from './phrase.ts';

export function warningPhrases(book: FactBook): readonly Phrase[] {
  const alarms = [...book.values()].filter(
    ({ id, value }) => /^alarm\..*\.accepted$/.test(id) && value !== 0,
  );
  const contradictions = [...book.values()].filter(({ id }) => id.startsWith('disagreement.'));
  return [
    ...alarms.map(({ id }) => say`${book.get(id.replace(/accepted$/, 'words'))}.`),
    ...contradictions.map((fact) => say`The ledger contradicts itself: ${fact}.`),
    ...brokenHash(book, 'rule.matches', 'The hash recorded for the rule'),
    ...brokenHash(book, 'secret.matches', 'The secret revealed at the end'),
  ];
}

function brokenHash(book: FactBook, id: string, subject: string): readonly Phrase[] {
  const fact = book.get(id);
  return fact?.value === 'no' ? [[`${subject} `, fact, '.']] : [];
}
