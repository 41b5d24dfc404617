/** Generations of a folder with what was decided of each: rejected ones and control lines stand in the list too. */
import { type GenerationRecord, generationRecord } from './generation-record.ts';
import { type KeptImprover, listImprovers } from './store.ts';
import { trainingOf } from './training.ts';

export interface ListedImprover extends KeptImprover {
  /** Of a control, which line it is. */
  readonly line?: string;
  /** Absent of a start, a control, and what was imported. */
  readonly verdict?: GenerationRecord['verdict'];
}

export const withDecision = (root: string, one: KeptImprover): ListedImprover => {
  const { line } = trainingOf(one.improver) ?? {};
  const { verdict } = generationRecord(root, one.id) ?? {};
  return { ...one, ...(line ? { line } : {}), ...(verdict ? { verdict } : {}) };
};

export const listedImprovers = (root: string): readonly ListedImprover[] =>
  listImprovers(root).map((one) => withDecision(root, one));
