/**
 * The screen (acceptance.md §1.3): successive stages with a futility cut, on data that never enter a
 * confirm. It promises nothing; it keeps the expensive question for the few that deserve it.
 *
 * Candidates are compared with a reference kept for all of them, or, where that would be stale, each
 * with the incumbent evaluated beside it on the same case. A paired difference D counts as the value
 * level + D, where level is what the incumbent is worth; so stages, cuts and archive are the same.
 *
 * D is measured in s₀ too, as the cuts are, not in its own scale √2·s_short: an effect of 2σ is then
 * a score of 2, whatever drifts. Simulated under timing noise (50 candidates, one of 2σ, 1,500
 * studies), power where the floor was flagged as drifting: 89.4 % in s₀, 86.5 % in s_short, 86.1 % in
 * √2·s_short, 72.1 % with the reference. Where nothing drifts pairs cost power: 85.3 % under Gaussian
 * noise, with the reference 93.7 %.
 */
import type { SCREEN_MODES } from '../core/events.ts';
import { decimalDifference } from '../stats/decimal.ts';
import { floorSize, type NoiseFloor } from '../stats/noise-floor.ts';
import { mean, median } from '../stats/summary.ts';
import type { AcceptanceRule, ExactRule } from './rule.ts';

/** One evaluation is added to the reference every so many trials, to follow drift. */
export const REFERENCE_EVERY_TRIALS = 10;

/**
 * Incumbent evaluations to keep for the rule's planned effect: 12 at 2σ, as many as the noise floor
 * for smaller ones. With 12 at δ = 1 the reference itself is too noisy for the cuts: 82 % power at
 * 15.0 evaluations per candidate instead of 89 % at 12.9.
 */
export function referenceSize({ mode, smallestEffect = TABLED_EFFECT }: Planned): number {
  return mode === 'exact' ? 1 : floorSize(smallestEffect);
}

/** Cases of the noise floor; of an exact objective, enough to see that they all give one value. */
export function floorCases({ mode, smallestEffect = TABLED_EFFECT }: Planned): number {
  return mode === 'exact' ? EXACT_FLOOR : floorSize(smallestEffect);
}

/** Of a rule, or of a config that is not one yet. */
interface Planned {
  readonly mode: AcceptanceRule['mode'];
  readonly smallestEffect?: number;
}

const EXACT_FLOOR = 3;

/** What does not scatter is not measured again. */
export function needsTopUp(rule: AcceptanceRule): boolean {
  return rule.mode !== 'exact';
}

/** One lucky evaluation counts for at most this many scales. */
const CLIP = 3.5;
/** The effect the tabulated cuts are for; others scale. */
const TABLED_EFFECT = 2;
/** Tuned: about 7 % of candidates without an effect pass. */
const STAGES = [
  { cumulative: 1, cut: 0.15 },
  { cumulative: 2, cut: 0.45 },
  { cumulative: 4, cut: 0.75 },
  { cumulative: 6, cut: 0.85 },
] as const;
/** One evaluation says little under heavy tails. */
const HEAVY_TAILED_STAGES = [
  { cumulative: 2, cut: 0.4 },
  { cumulative: 4, cut: 0.7 },
  { cumulative: 8, cut: 0.9 },
] as const;

/**
 * A pair costs two evaluations, so less is spent on doubtful ones. Under timing noise, A/A: 4.7
 * evaluations per candidate, where the stages above take 5.9; power 84 instead of 90 %.
 */
const PAIRED_STAGES = [
  { cumulative: 1, cut: 0.6 },
  { cumulative: 2, cut: 0.75 },
  { cumulative: 4, cut: 0.85 },
  { cumulative: 6, cut: 0.9 },
] as const;

/** What a screen has to go by. */
export interface ScreenFloor extends Pick<NoiseFloor, 'scale' | 'heavyTailed'> {
  readonly isPaired?: boolean;
}

export interface ScreenStage {
  /** Evaluations in total when the stage is judged. */
  readonly cumulative: number;
  /** Smallest score that goes on, in scales. */
  readonly cut: number;
}

/** Ascending; stages that fall together (a planned effect above 2σ) leave their strictest cut. */
export function screenStages(rule: AcceptanceRule, floor: ScreenFloor): readonly ScreenStage[] {
  if (rule.mode === 'exact') return [{ cumulative: 1, cut: 0 }];
  const size = (TABLED_EFFECT / rule.smallestEffect) ** 2;
  const lift = rule.smallestEffect / TABLED_EFFECT;
  const usual = floor.isPaired ? PAIRED_STAGES : STAGES;
  const scaled = (floor.heavyTailed ? HEAVY_TAILED_STAGES : usual).map((stage) => ({
    cumulative: Math.ceil(stage.cumulative * size),
    cut: stage.cut * lift,
  }));
  return scaled.filter((stage, i) => stage.cumulative !== scaled[i + 1]?.cumulative);
}

/** b: the median of the incumbent's latest evaluations. Needs no validity; never enters a confirm. */
export function referenceOf(last12: readonly number[]): number {
  return median(last12);
}

/**
 * Mean of clip((x − b)/s₀, ±3.5). Without a scale (0) each value counts by its side alone: ±3.5, or 0
 * where it equals the reference.
 */
export function screenScore(values: readonly number[], reference: number, scale: number): number {
  return mean(
    values.map((value) => {
      const gain = value - reference;
      if (gain === 0) return 0;
      return Math.max(-CLIP, Math.min(CLIP, scale > 0 ? gain / scale : CLIP * Math.sign(gain)));
    }),
  );
}

/** `paired`: always, as for run times. Fixed when a study opens. */
export type ScreenMode = (typeof SCREEN_MODES)[number];

/**
 * Pairs are needed where the machine moves under the measurement, and where most values agree, so
 * that a reference says nothing and only two values of one case can differ. What repeats bit for bit
 * does not drift, however its instances happened to be ordered.
 */
export function isPairedScreen(
  mode: ScreenMode | undefined,
  floor: NoiseFloor,
  isDeterministic: boolean,
): boolean {
  if (mode === undefined) return false;
  return mode === 'paired' || floor.zero || (floor.drifting && !isDeterministic);
}

/** What the screen judges of oriented differences; a pair the incumbent had no score in is left out. */
export function pairedValues(level: number, differences: readonly number[]): number[] {
  return differences.filter(Number.isFinite).map((difference) => level + difference);
}

export type ScreenVerdict =
  | { readonly verdict: 'more'; readonly take: number }
  | { readonly verdict: 'promising' }
  | { readonly verdict: 'futile'; readonly stage: number };

/**
 * The screen after `values` (oriented, in order). Judges every completed stage on its own prefix, so
 * the answer does not depend on how the evaluations were batched. `stage` is 1-based.
 */
// oxlint-disable-next-line max-params -- what is fixed for the study, then what this candidate showed
export function screenVerdict(
  rule: AcceptanceRule,
  floor: ScreenFloor,
  values: readonly number[],
  reference: number,
): ScreenVerdict {
  if (rule.mode === 'exact') return exactScreen(rule, values[0], reference);
  const stages = screenStages(rule, floor);
  for (const [i, { cumulative, cut }] of stages.entries()) {
    if (values.length < cumulative) return { verdict: 'more', take: cumulative - values.length };
    const score = screenScore(values.slice(0, cumulative), reference, floor.scale);
    if (score < cut) return { verdict: 'futile', stage: i + 1 };
  }
  return { verdict: 'promising' };
}

/** One value says all there is; it still promises nothing, the verifier has not looked. */
function exactScreen(
  { tolerance }: ExactRule,
  value: number | undefined,
  reference: number,
): ScreenVerdict {
  if (value === undefined) return { verdict: 'more', take: 1 };
  const isBetter = decimalDifference(value, reference) > tolerance;
  return isBetter ? { verdict: 'promising' } : { verdict: 'futile', stage: 1 };
}
