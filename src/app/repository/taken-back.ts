/** What the branch of a study is made of, in the order of its ledger: promotions, and rollbacks that took some of them back. */
import type { StoredEvent } from '../../core/events.ts';
import type { ShownPromotion } from '../show-candidate.ts';

export interface TakingBack {
  readonly kind: 'taken-back';
  readonly back: StoredEvent<'candidate.rolled-back'>;
  /** What it took back, the oldest first; at least one. */
  readonly undone: readonly ShownPromotion[];
  /** The promotion whose text stands from then on; absent for the commit the study began with. */
  readonly to?: ShownPromotion;
}

export type BranchStep =
  | { readonly kind: 'promotion'; readonly promotion: ShownPromotion }
  | TakingBack;

/** A rollback that took nothing back changes no file, and is no step. */
export function branchSteps(promotions: readonly ShownPromotion[]): readonly BranchStep[] {
  const backs = new Set(promotions.flatMap(({ takenBack }) => takenBack ?? []));
  const steps: readonly BranchStep[] = [
    ...promotions.map((promotion) => ({ kind: 'promotion', promotion }) as const),
    ...[...backs].map((back) => takingBack(promotions, back)),
  ];
  return steps.toSorted((a, b) => seqOf(a) - seqOf(b));
}

function takingBack(
  promotions: readonly ShownPromotion[],
  back: StoredEvent<'candidate.rolled-back'>,
): TakingBack {
  const undone = promotions.filter(({ takenBack }) => takenBack === back);
  const to = promotions.findLast(
    ({ entry, takenBack }) =>
      entry.seq < back.seq && (takenBack === undefined || takenBack.seq > back.seq),
  );
  return { kind: 'taken-back', back, undone, ...(to ? { to } : {}) };
}

function seqOf(step: BranchStep): number {
  return step.kind === 'promotion' ? step.promotion.entry.seq : step.back.seq;
}

/** Its first line claims nothing; the trailers name what stands, so that `verify --commit` looks for that. */
export function takenBackMessage({ back, undone, to }: TakingBack, id: string): string {
  const stands =
    to === undefined
      ? 'of the commit the study began with'
      : `as they were promoted in trial ${to.entry.trial}`;
  const trailers = [
    ['Paceline-Study', id],
    ['Paceline-Candidate', to?.entry.body.candidate ?? back.body.to],
    ['Paceline-Entry', String(back.seq)],
    ...undone.map(({ entry }) => ['Paceline-Taken-Back', entry.body.candidate]),
  ];
  return [
    `taken back: ${trialsText(undone)}`,
    '',
    `${whyText(back)}. The files are ${stands}.`,
    '',
    ...trailers.map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
}

export function trialsText(promotions: readonly ShownPromotion[]): string {
  const trials = promotions.map(({ entry }) => entry.trial);
  return `trial${trials.length === 1 ? '' : 's'} ${trials.join(', ')}`;
}

/** As the ledger has it, on one line. */
export function whyText({ seq, body }: TakingBack['back']): string {
  return `Rolled back in entry ${seq}: ${body.why.replaceAll(/\s+/g, ' ').trim()}`;
}
