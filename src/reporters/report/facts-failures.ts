/** Why trials had no score: the reasons that were given, so that nobody has to dig for them. */
import type { AddFact, Fact, FactBook } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { countText, shortHash } from './number-text.ts';
import { counted, type Detail, joined, type Phrase, type Row, say } from './phrase.ts';
import type { FailureTally, Tally } from './tally.ts';
import { OTHER_REASONS } from './tally-failures.ts';

/** Reasons named, of those that were kept. */
const SHOWN = 5;

export function addFailureFacts(tally: Tally, add: AddFact): void {
  const span = everyOf(tally, ['trial.settled']);
  const one = (id: string, fact: Pick<Fact, 'value' | 'text' | 'how'>): void =>
    add({ id: `failures.${id}`, seqs: [], span, ...fact });
  const counts = (value: number, how: string) => ({ value, text: countText(value), how });
  one('total', counts(tally.failed, 'Trials that were tried and got no score, counted.'));
  const rank = ({ reason, trials }: FailureTally): number =>
    reason === OTHER_REASONS ? 0 : trials;
  const ranked = [...tally.failures.values()].sort((a, b) => rank(b) - rank(a));
  for (const [i, { reason, trials, first }] of ranked.slice(0, SHOWN).entries()) {
    const { trial = -1, body } = first;
    const candidate = body.noCandidate ? 'none' : body.candidate;
    one(`${i}.reason`, {
      value: reason,
      text: reason,
      how: 'Outcome and message of those trials, numbers left out.',
    });
    one(`${i}.trials`, counts(trials, 'Trials of that reason, counted.'));
    one(`${i}.first`, counts(trial, 'The first of them.'));
    const how = 'The candidate of the first.';
    one(`${i}.candidate`, {
      value: candidate,
      text: body.noCandidate ? candidate : shortHash(candidate),
      how,
    });
  }
}

function shown({ failures }: Tally): readonly number[] {
  return Array.from({ length: Math.min(failures.size, SHOWN) }, (_, i) => i);
}

const of = (book: FactBook, i: number, key: string) => book.get(`failures.${i}.${key}`);

const ROW_REASONS = 3;

export function failureRows(book: FactBook, tally: Tally): readonly Row[] {
  if (tally.failed === 0) return [];
  const reasons = shown(tally)
    .slice(0, ROW_REASONS)
    .map((i) => say`${of(book, i, 'trials')} × ${of(book, i, 'reason')}`);
  const total = counted(book.get('failures.total'), 'trial');
  return [{ label: 'without a score', phrase: say`${total}: ${joined(reasons, ' · ')}` }];
}

export function failureDetails(book: FactBook, tally: Tally): readonly Detail[] {
  if (tally.failed === 0) return [];
  return [
    { kind: 'text', phrase: say`Trials without a score, by what was said of them.` },
    {
      kind: 'table',
      head: ['reason', 'trials', 'first trial', 'its candidate'],
      rows: shown(tally).map((i) =>
        ['reason', 'trials', 'first', 'candidate'].map((key) => say`${of(book, i, key)}`),
      ),
    },
  ];
}

/** Fewer say nothing yet, unless there is no other. */
const LEAST_TRIALS = 10;

/** Said aloud where most of what was tried was of no use. */
export function failurePhrases(book: FactBook, tally: Tally): readonly Phrase[] {
  const isAll = tally.failed > 0 && tally.failed === tally.trials;
  const isMost = tally.trials >= LEAST_TRIALS && tally.failed >= tally.trials / 2;
  if (!isAll && !isMost) return [];
  const reason = of(book, 0, 'reason');
  const end = /[.!?]$/.test(reason?.text ?? '') ? '' : '.';
  return [
    say`Most trials had no score: ${book.get('failures.total')} of ${book.get('trials.total')}, ${of(book, 0, 'trials')} of them ${reason}${end}`,
  ];
}
