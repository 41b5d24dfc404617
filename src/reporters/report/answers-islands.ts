/** Would plain sampling have found it? The answer of a study that was designed to say. */
import type { ReportFacts } from '../facts.ts';
import { ISLANDS, isIslandArm } from './facts-islands.ts';
import { type Answer, type Phrase, say } from './phrase.ts';

export function islandsLead({ book }: ReportFacts): Phrase {
  const words = book.get(`${ISLANDS}.words`);
  return words
    ? say`Recorded verdict: ${words}.`
    : say`Not judged yet: islands and control blocks are compared when the study ends.`;
}

export function islandsRows({ book }: ReportFacts): Answer['rows'] {
  const count = (name: string) => book.get(`${ISLANDS}.count.${name}`);
  const design = say`${count('islands')} islands, each a search of its own from the origin, against ${count('blocks')} blocks of the same proposers drawing from the origin`;
  const gain = book.get(`${ISLANDS}.gain`);
  if (!gain) return [{ label: 'design', phrase: design }];
  return [
    { label: 'design', phrase: design },
    {
      label: 'islands over blocks',
      phrase: say`${gain} (${book.get(`${ISLANDS}.level`)} interval, ${book.get(`${ISLANDS}.n`)} common cases)`,
    },
    {
      label: 'matched spend',
      phrase: say`each final as it was after ${book.get(`${ISLANDS}.evals`)} evaluations`,
    },
  ];
}

/** Every final, so that nobody has to believe a mean. */
export function islandsDetails({ book, tally }: ReportFacts): Pick<Answer, 'more'> {
  const finals = tally.islands.judged?.body.finals ?? [];
  if (finals.length === 0) return {};
  const rows = finals.map(({ arm }) => [
    say`${book.get(`arm.${arm}`)}`,
    isIslandArm(tally, arm) ? say`search` : say`plain sampling`,
    say`${book.get(`${ISLANDS}.level.${arm}`)}`,
  ]);
  const details = [{ kind: 'table' as const, head: ['arm', 'draws', 'final'], rows }];
  return { more: { title: 'Every final on the common cases', details } };
}
