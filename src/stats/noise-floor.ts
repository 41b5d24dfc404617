import { iqrScale, mean, median, sampleSd, shortRangeScale } from './summary.ts';

/** What repeated evaluations of one unchanged candidate say about the metric (acceptance.md §1.1). */
export interface NoiseFloor {
  readonly n: number;
  /** Median: what decisions use. */
  readonly location: number;
  /** What people are shown, as they are shown the means of comparisons. */
  readonly mean: number;
  /** s₀ = IQR/1.34898: the σ in which the planned effect is stated. */
  readonly scale: number;
  /** Sample standard deviation: what is left to plan with where the scale is 0. */
  readonly sd: number;
  /** Scale between neighbours in time. */
  readonly shortScale: number;
  /** The machine moves under the measurement. */
  readonly drifting: boolean;
  readonly heavyTailed: boolean;
  /** At least half of the values agree exactly: there is no scale to plan with. */
  readonly zero: boolean;
  /** s_D, the expected size of a paired difference; 0 where it must come from the pairs themselves. */
  readonly confirmScale: number;
}

/** The scale from one quarter of the values to the next is this much below the whole: drift. */
const DRIFT_RATIO = 1.5;
/** In twelve normal values one beyond six scales has a chance of a few in a thousand. */
const HEAVY_TAIL_SCALES = 6;
/** Evaluations of the origin for a planned effect of 2σ. */
const FLOOR_SIZE = 12;
const PLANNED_EFFECT = 2;

/** `values` in time order, oriented or not; at least four for a meaningful scale. */
export function noiseFloor(values: readonly number[]): NoiseFloor {
  const location = median(values);
  const scale = iqrScale(values);
  const shortScale = shortRangeScale(values);
  const zero = scale === 0;
  const drifting = !zero && scale > DRIFT_RATIO * shortScale;
  const farthest = Math.max(...values.map((value) => Math.abs(value - location)));
  const pairScale = drifting && shortScale > 0 ? shortScale : scale;
  return {
    n: values.length,
    location,
    mean: mean(values),
    scale,
    sd: values.length < 2 ? 0 : sampleSd(values),
    shortScale,
    drifting,
    heavyTailed: !zero && farthest > HEAVY_TAIL_SCALES * scale,
    zero,
    confirmScale: Math.SQRT2 * pairScale,
  };
}

/**
 * The floor for the confirm of a candidate whose screen was paired (§1.1, point 5): where the origin
 * shows no scale, the differences of the screen do. They are over before the first confirm pair.
 */
export function withPairedScale(floor: NoiseFloor, differences: readonly number[]): NoiseFloor {
  const known = differences.filter(Number.isFinite);
  if (!floor.zero || known.length < 2) return floor;
  return { ...floor, confirmScale: iqrScale(known) };
}

/** n₀: evaluations for the floor when the smallest effect worth finding is `delta` σ. */
export function floorSize(delta: number): number {
  return Math.ceil(FLOOR_SIZE * Math.max(1, (PLANNED_EFFECT / delta) ** 2));
}
