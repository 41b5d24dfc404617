/**
 * Rules of acceptance in common use, applied to recorded draws for comparison with ours
 * (acceptance.md §5.1, §5.2). None controls the chance of a false promotion.
 */
import { mean, median, sampleSd } from './summary.ts';

export interface RivalOutcome {
  /** Indices of the candidates the rule would have kept, ascending. */
  readonly kept: readonly number[];
  readonly promoted: boolean;
}

/**
 * Higher is better. `baseline` holds evaluations of the origin, `candidates` those of each candidate
 * in order of arrival; a rule reads as many of each as it uses and leaves the rest.
 */
export type RivalRule = (
  baseline: readonly number[],
  candidates: readonly (readonly number[])[],
) => RivalOutcome;

function outcome(kept: readonly number[]): RivalOutcome {
  return { kept, promoted: kept.length > 0 };
}

/** Keep what beats the best recorded score; one evaluation each. */
export const greedy: RivalRule = (baseline, candidates) => {
  let best = baseline[0] ?? Number.NaN;
  const kept: number[] = [];
  candidates.forEach(([value = Number.NaN], i) => {
    if (value <= best || Number.isNaN(value)) return;
    best = value;
    kept.push(i);
  });
  return outcome(kept);
};

/** Gain over the baseline of at least this many median absolute deviations. */
const MAD_RATIO = 2;
/** Of two scores the deviation is always half the gap, so the ratio would always be exactly 2. */
const FEWEST_FOR_MAD = 3;

/** Keep a new best whose gain over the first baseline score is ≥ 2 MAD of all scores so far. */
export const madRatio: RivalRule = (baseline, candidates) => {
  const start = baseline[0] ?? Number.NaN;
  const scores = [start];
  let best = start;
  const kept: number[] = [];
  candidates.forEach(([value = Number.NaN], i) => {
    scores.push(value);
    const centre = median(scores);
    const spread = median(scores.map((score) => Math.abs(score - centre)));
    const isClear = scores.length >= FEWEST_FOR_MAD && value - start >= MAD_RATIO * spread;
    if (value > best && isClear) kept.push(i);
    best = Math.max(best, value);
  });
  return outcome(kept);
};

/** Evaluations per candidate, and standard errors its mean must lead by. */
const EVALUATIONS = 10;
const STANDARD_ERRORS = 2;

/** Keep a mean of 10 that leads the incumbent's recorded mean of 10 by more than two standard errors. */
export const twoStandardErrors: RivalRule = (baseline, candidates) => {
  let incumbent = baseline.slice(0, EVALUATIONS);
  const kept: number[] = [];
  candidates.forEach((evaluations, i) => {
    const values = evaluations.slice(0, EVALUATIONS);
    const error = Math.hypot(standardError(values), standardError(incumbent));
    if (!(mean(values) - mean(incumbent) > STANDARD_ERRORS * error)) return;
    incumbent = values;
    kept.push(i);
  });
  return outcome(kept);
};

function standardError(values: readonly number[]): number {
  return sampleSd(values) / Math.sqrt(values.length);
}
