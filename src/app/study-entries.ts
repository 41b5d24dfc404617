/** The entries of a study that say what led when: its opening, promotions, rollbacks and answers of the hold-out. */
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import type { Ledger } from '../stores/contract.ts';

type Promoted = StoredEvent<'candidate.promoted'>;
type RolledBack = StoredEvent<'candidate.rolled-back'>;
type Queried = StoredEvent<'holdout.queried'>;

/** What is asked of a study before anything of one candidate. */
export interface StudyEntries {
  readonly opened: StoredEvent<'study.opened'>;
  /** Promoted last, or what a rollback went back to since. */
  readonly incumbent: string;
  /** Of the arm whose incumbent is promoted, in order. */
  readonly promotions: readonly Promoted[];
  /** Of the same arm, in order. */
  readonly rolledBack: readonly RolledBack[];
  /** What the sealed hold-out answered. */
  readonly queried: readonly Queried[];
}

const STUDY_ENTRIES = [
  'study.opened',
  'candidate.promoted',
  'candidate.rolled-back',
  'holdout.queried',
] as const;

/** @throws PacelineError `USAGE` where nothing was written yet. */
export async function readStudy(ledger: Ledger, id: string): Promise<StudyEntries> {
  let opened: StoredEvent<'study.opened'> | undefined;
  let incumbent: string | undefined;
  const promotions: Promoted[] = [];
  const rolledBack: RolledBack[] = [];
  const queried: Queried[] = [];
  for await (const page of ledger.read(0, { types: STUDY_ENTRIES })) {
    for (const event of page) {
      if (event.type === 'holdout.queried') queried.push(event);
      if (event.type === 'study.opened') opened = event;
      if (event.type === 'candidate.promoted' && event.body.arm === MAIN_ARM) {
        promotions.push(event);
        incumbent = event.body.candidate;
      }
      if (event.type === 'candidate.rolled-back' && event.body.arm === MAIN_ARM) {
        rolledBack.push(event);
        incumbent = event.body.to;
      }
    }
  }
  if (opened) {
    incumbent ??= opened.body.origin;
    return { opened, incumbent, promotions, rolledBack, queried };
  }
  throw new PacelineError(
    'USAGE',
    `${id} has no entries yet, so there is nothing to show. Begin it with paceline resume ${id}.`,
    { id },
  );
}
