/** What became of what people wrote, or the engine proposed to try next: the latest word about the trial of each. */
import type { StoredEvent } from '../../core/events.ts';

export interface Fate {
  readonly words: string;
  /** The entries that say so, in order. */
  readonly seqs: readonly number[];
}

/** By trial. */
export type Fates = Map<number, Fate>;

export const WAITS = 'waits for its turn';

export function followFate(fates: Fates, event: StoredEvent): void {
  if (event.type === 'study.closed') {
    for (const [trial, fate] of fates) {
      if (fate.words === WAITS) tell(fates, { trial, seq: event.seq, words: 'never tried' });
    }
    return;
  }
  if (event.type === 'follow-ons.proposed') {
    for (const { trial } of event.body.next) tell(fates, { trial, seq: event.seq, words: WAITS });
    return;
  }
  if (event.type !== 'study.steered') {
    const { trial, seq } = event;
    const words = wordsOf(event);
    if (trial !== undefined && words && fates.has(trial)) tell(fates, { trial, seq, words });
    return;
  }
  const { seq, body } = event;
  const { declines, takes } = body;
  if (takes) tell(fates, { trial: takes.trial, seq, words: WAITS });
  if (declines !== undefined && fates.has(declines)) {
    tell(fates, { trial: declines, seq, words: 'declined' });
  }
}

function tell(
  fates: Fates,
  { trial, seq, words }: { readonly trial: number; readonly seq: number; readonly words: string },
): void {
  fates.set(trial, { words, seqs: [...(fates.get(trial)?.seqs ?? []), seq] });
}

const FATES = {
  approve: 'approved',
  reject: 'declined',
  expired: 'expired',
  superseded: 'superseded',
} as const;

function wordsOf(event: StoredEvent): string | undefined {
  switch (event.type) {
    case 'trial.settled':
      return event.body.end ?? 'challenges the incumbent';
    case 'trial.confirmed':
      return event.body.verdict;
    case 'approval.requested':
      return 'waits for a person';
    case 'approval.decided':
      return FATES[event.body.decision];
    case 'candidate.promoted':
      return 'promoted';
    default:
      return undefined;
  }
}
