/** What a search improves: policies of a task, or improvers. */
import type { Rng } from '../../core/rng.ts';
import type { Situations } from '../../lang/behaviour.ts';
import { type Forest, nodeCount } from '../../lang/forest.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { evaluationMs, type Prices } from './meter.ts';

export interface Subject {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** What a person would use: evaluated first. */
  readonly start: Forest;
  /** Recorded decisions, for hashes and rankings of behaviour. */
  readonly situations: Situations;
  /** False where a program grown from nothing makes no sense: every one is made from the start. */
  readonly isGrown: boolean;
  readonly prices: Prices;
  /** A change of its own, beside the operators of the language; absent: none. */
  readonly reset?: (rng: Rng, forest: Forest) => Forest;
  /** A smaller instance of the same family, many times as cheap. */
  readonly twin?: Omit<Subject, 'twin'>;
}

/** CPU milliseconds to make one child and evaluate it, if it is as large as the start: the unit of budgets. */
export function stepMs({ start, prices }: Subject): number {
  return prices.child + evaluationMs(prices, nodeCount(start));
}
