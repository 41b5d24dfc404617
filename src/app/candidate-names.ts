/** Candidates that people may want to name again: those something was found out about. */
import { PacelineError } from '../core/errors.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import type { Ledger } from '../stores/contract.ts';
import { type StudyPlace, withLedger } from './read-ledger.ts';
import { shortId } from './show-candidate.ts';

export interface NamedCandidate {
  /** The first digits of its id, or a word. */
  readonly name: string;
  readonly what: string;
}

/** A list longer than this is no help to whoever picks from it. */
const MOST = 40;

/**
 * `origin`, `incumbent`, and what was promoted or confirmed, the latest first. Only the words where nothing
 * can be read: who asks is typing.
 */
export async function namedCandidates(place: StudyPlace): Promise<readonly NamedCandidate[]> {
  const found = await withLedger(place, confirmedIn).catch((error: unknown) => {
    if (PacelineError.is(error)) return [];
    throw error;
  });
  return [...WORDS, ...found.slice(0, MOST)];
}

const WORDS: readonly NamedCandidate[] = [
  { name: 'origin', what: 'the first, before anything was changed' },
  { name: 'incumbent', what: 'the latest that was promoted and stands' },
];

/** Each with what happened to it last. */
async function confirmedIn(ledger: Ledger): Promise<readonly NamedCandidate[]> {
  const found = new Map<string, string>();
  for await (const page of ledger.read(0, { types: ['trial.confirmed', 'candidate.promoted'] })) {
    for (const event of page) {
      if (event.type !== 'trial.confirmed' && event.type !== 'candidate.promoted') continue;
      const { type, body, trial } = event;
      if (body.arm !== MAIN_ARM) continue;
      const name = shortId(body.candidate);
      const became = type === 'trial.confirmed' ? body.verdict : 'promoted';
      found.delete(name);
      found.set(name, `${became} in trial ${trial}`);
    }
  }
  return [...found].map(([name, what]) => ({ name, what })).toReversed();
}
