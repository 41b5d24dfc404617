/** Generations of a folder with what was decided of each: rejected ones and control lines stand in the list too. */
import { PacelineError } from '../../core/errors.ts';
import { type GenerationRecord, generationRecord } from './generation-record.ts';
import { type KeptImprover, lineageOf, listImprovers } from './store.ts';
import { trainingOf } from './training.ts';

export interface ListedImprover extends KeptImprover {
  /** Of a control, which line it is. */
  readonly line?: string;
  /** The generation of the line that is used which it stands beside. */
  readonly beside?: number;
  /** Its number is what it says of itself: nobody can follow its chain here. */
  readonly isOrphan?: true;
  /** Absent of a start, a control, and what was imported. */
  readonly verdict?: GenerationRecord['verdict'];
}

export const withDecision = (root: string, one: KeptImprover): ListedImprover => {
  const { line, beside } = trainingOf(one.improver) ?? {};
  const { verdict } = generationRecord(root, one.id) ?? {};
  return {
    ...one,
    ...(line ? { line } : {}),
    ...(beside === undefined ? {} : { beside }),
    ...(isOrphan(root, one) ? { isOrphan: true } : {}),
    ...(verdict ? { verdict } : {}),
  };
};

function isOrphan(root: string, one: KeptImprover): boolean {
  try {
    lineageOf(root, one);
    return false;
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return true;
  }
}

export const listedImprovers = (root: string): readonly ListedImprover[] =>
  listImprovers(root).map((one) => withDecision(root, one));
