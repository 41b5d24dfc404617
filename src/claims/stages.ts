/**
 * The cascade: cheap stages before the screen, each a mean over a few training cases against a
 * threshold fixed before the data. A stage spares evaluations and promises nothing: a wrong threshold
 * costs power, and what it costs is estimated from the trials that go on although it stops them.
 */
import type { Rng } from '../core/rng.ts';
import { mean } from '../stats/summary.ts';

export interface StageRule {
  readonly name: string;
  /** What its own evaluator reports; has nothing to do with the unit of the objective. */
  readonly metric: string;
  readonly goal: 'min' | 'max';
  /** Worst mean that goes on (included). */
  readonly threshold: number;
  /** Training cases it is measured on. */
  readonly cases: number;
}

/** What a trial showed at one stage: per case, null without a score. */
export interface StageValues {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export type StagesVerdict =
  /** This stage has not been measured yet. */
  | { readonly verdict: 'next'; readonly stage: StageRule; readonly at: number }
  | { readonly verdict: 'passed' }
  /** Worse than the threshold. */
  | { readonly verdict: 'below'; readonly stage: StageRule; readonly at: number }
  /** A case without a score: the candidate failed, whatever the others say. */
  | { readonly verdict: 'unscored'; readonly stage: StageRule; readonly at: number };

/** One stopped trial in so many goes on all the same, so that what a threshold loses is measured. */
const SPOT_CHECK_ONE_IN = 20;

/** The stages in order, each judged on the values recorded for it. */
export function stagesVerdict(
  stages: readonly StageRule[],
  recorded: readonly StageValues[],
): StagesVerdict {
  for (const [at, stage] of stages.entries()) {
    const values = recorded[at]?.values;
    if (values === undefined) return { verdict: 'next', stage, at };
    const scores = values.filter((value) => value !== null);
    if (scores.length < stage.cases || scores.length < values.length) {
      return { verdict: 'unscored', stage, at };
    }
    if (isBelow(stage, scores)) return { verdict: 'below', stage, at };
  }
  return { verdict: 'passed' };
}

export function isBelow({ goal, threshold }: StageRule, scores: readonly number[]): boolean {
  const score = mean(scores);
  return goal === 'max' ? score < threshold : score > threshold;
}

/**
 * Whether a trial goes on although a stage stops it: drawn for each trial alone, never by counting,
 * so that it depends on no other trial and the checked ones are a random sample of the stopped.
 */
export function isSpotChecked(rng: Rng): boolean {
  return rng.int(SPOT_CHECK_ONE_IN) === 0;
}
