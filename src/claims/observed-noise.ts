/**
 * What the rows of a foreign loop say about the noise of its measure. One value per row says nothing
 * by itself: only a scale that was given, repeats of one commit, or the steps between neighbouring
 * discards do, each with less certainty than the one before (ADR 0038).
 */
import { iqrScale } from '../stats/summary.ts';

export interface ObservedRow {
  /** Line of the file, or record of it, from 1. */
  readonly row: number;
  readonly id: string | undefined;
  readonly status: 'keep' | 'discard' | 'crash';
  /** Higher is better; undefined where nothing finite was recorded. */
  readonly value: number | undefined;
}

export interface ObservedNoise {
  readonly from: 'given' | 'repeats' | 'discards';
  /** Standard deviation of one row. */
  readonly sigma: number;
  /** Degrees of freedom behind it; Infinity where it was given. */
  readonly df: number;
  /** Repeats, or steps, that it comes from. */
  readonly n: number;
  /** Steps far beyond the scale: heavy tails or bad ideas, which cannot be told apart. */
  readonly heavyTailed: boolean;
}

/** Why no scale can be told. */
export type NoiseUnknown = 'too-few' | 'no-scatter';

/** Fewer repeats leave Student's t so wide that nothing could survive. */
export const MIN_REPEATS = 5;
/** Steps between discards below which their quartiles mean little. */
export const MIN_STEPS = 20;
/** Efficiency of quartiles (0.37) times that of overlapping steps (2/3): steps per degree of freedom. */
const STEPS_PER_DF = 4;
/** As of the noise floor (stats/noise-floor.ts). */
const HEAVY_TAIL_SCALES = 6;

export function observedNoise(
  rows: readonly ObservedRow[],
  given: number | undefined,
): ObservedNoise | NoiseUnknown {
  if (given !== undefined)
    return { from: 'given', sigma: given, df: Number.POSITIVE_INFINITY, n: 0, heavyTailed: false };
  const repeats = fromRepeats(rows);
  if (repeats.df >= MIN_REPEATS) return repeats.sigma > 0 ? repeats : 'no-scatter';
  return fromDiscards(rows);
}

/** Pooled variance within commits that were measured more than once. */
function fromRepeats(rows: readonly ObservedRow[]): ObservedNoise {
  const groups = new Map<string, number[]>();
  for (const { id, value, status } of rows) {
    if (id === undefined || value === undefined || status === 'crash') continue;
    const group = groups.get(id);
    if (group) group.push(value);
    else groups.set(id, [value]);
  }
  let squares = 0;
  let df = 0;
  for (const values of groups.values()) {
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const value of values) squares += (value - centre) ** 2;
    df += values.length - 1;
  }
  return { from: 'repeats', sigma: Math.sqrt(squares / df), df, n: df, heavyTailed: false };
}

/** Steps between neighbouring discards, over √2: what drifts slowly cancels, and half may be bad ideas. */
function fromDiscards(rows: readonly ObservedRow[]): ObservedNoise | NoiseUnknown {
  const values = rows.flatMap(({ status, value }) =>
    status === 'discard' && value !== undefined ? [value] : [],
  );
  const steps = values.slice(1).map((value, i) => (value - (values[i] ?? value)) / Math.SQRT2);
  if (steps.length < MIN_STEPS) return 'too-few';
  const sigma = iqrScale(steps);
  if (!(sigma > 0)) return 'no-scatter';
  return {
    from: 'discards',
    sigma,
    df: Math.floor(steps.length / STEPS_PER_DF),
    n: steps.length,
    heavyTailed: steps.some((step) => Math.abs(step) > HEAVY_TAIL_SCALES * sigma),
  };
}
