/**
 * The Ladder (Blum & Hardt, "The Ladder: a reliable leaderboard for machine learning competitions",
 * ICML 2015): a sealed set may be asked again and again, because it answers only when something is
 * better by a step than the best it has ever told of, and then in whole steps.
 *
 * Measured in ladder.test.ts on 400 adaptive questions about pure noise (acceptance.md §3.3): exact
 * answers let the asker overstate its score by 0.14, the Ladder with a step of 2/√n by less than 0.02.
 */
import { PacelineError } from '../core/errors.ts';

export interface Ladder {
  /** η, in units of the oriented metric; positive. */
  readonly step: number;
  /** R, the best value told of so far: a whole number of steps. */
  readonly best: number;
}

const STEPS_OF_SCALE = 2;

/**
 * η = max(minEffect, 2·s_D/√n). `scale`: s_D, the size of a paired difference; `cases`: n.
 * @throws PacelineError `INTERNAL` where nothing scatters and no effect is asked for: every answer
 *   would be exact.
 */
export function ladderStep(of: {
  readonly minEffect: number;
  readonly scale: number;
  readonly cases: number;
}): number {
  const step = Math.max(of.minEffect, (STEPS_OF_SCALE * of.scale) / Math.sqrt(of.cases));
  if (step > 0 && Number.isFinite(step)) return step;
  throw new PacelineError(
    'INTERNAL',
    `A Ladder with a step of ${step} would answer exactly. Give rule.minEffect, or leave splits.holdout out.`,
    { scale: of.scale, cases: of.cases },
  );
}

/** `value`: of what everything else is measured against; itself told in whole steps only. */
export function newLadder(step: number, value: number): Ladder {
  return { step, best: inSteps(step, value) };
}

export interface Rung {
  readonly isImproved: boolean;
  readonly ladder: Ladder;
}

/** What is not better by a whole step moves nothing and learns nothing but that. */
export function climb(ladder: Ladder, value: number): Rung {
  const isImproved = value >= ladder.best + ladder.step;
  return {
    isImproved,
    ladder: isImproved ? newLadder(ladder.step, value) : ladder,
  };
}

function inSteps(step: number, value: number): number {
  return Math.round(value / step) * step;
}
