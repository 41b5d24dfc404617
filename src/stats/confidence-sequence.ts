import type { EProcessSpec } from './e-process.ts';
import { logEValues } from './e-process.ts';

export interface ConfidenceBounds {
  /** −Infinity while the pairs are too few to exclude anything. */
  readonly lower: number;
  readonly upper: number;
}

type SymmetricSpec = Extract<EProcessSpec, { readonly method: 'symmetric' }>;

/** Bisection to the last bit of a double, and doublings until the bracket holds the bound. */
const HALVINGS = 200;
const DOUBLINGS = 60;

/**
 * Time-uniform bounds on the centre of D by inversion of method A: {μ : max_{i≤n} K_i(D − μ) < 1/α}
 * (acceptance.md §4.1; Howard et al., Ann. Statist. 49, 2021, for the idea). Each side misses with
 * probability ≤ α over all times together, both with ≤ 2α. `spec.margin` only sets a missing scale.
 */
export function confidenceBounds(
  spec: SymmetricSpec,
  differences: readonly number[],
  alpha: number,
): ConfidenceBounds {
  const known = differences.find((value) => value !== spec.margin) ?? spec.margin + 1;
  const scale = spec.scale > 0 ? spec.scale : Math.abs(known - spec.margin);
  const lower = lowerBound(differences, scale, alpha);
  const mirrored = differences.map((value) => -value);
  return { lower, upper: -lowerBound(mirrored, scale, alpha) };
}

function lowerBound(differences: readonly number[], scale: number, alpha: number): number {
  const needed = Math.log(1 / alpha);
  const excludes = (centre: number): boolean => {
    const path = logEValues({ method: 'symmetric', scale, margin: centre }, differences);
    return Math.max(0, ...path) >= needed;
  };
  let high = Math.max(...differences);
  let low = high - scale;
  for (let i = 0; i < DOUBLINGS && !excludes(low); i++) low = high - 2 * (high - low);
  if (!excludes(low)) return Number.NEGATIVE_INFINITY;
  for (let i = 0; i < HALVINGS && high - low > Number.EPSILON * Math.abs(high); i++) {
    const middle = (low + high) / 2;
    if (excludes(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface BernsteinInterval {
  readonly centre: number;
  readonly halfWidth: number;
  /** The interval is wider than the range [0, 1]: say so instead of printing it. */
  readonly vacuous: boolean;
}

/** Bets above one half would let one surprise dominate. */
const LARGEST_BET = 0.5;

/**
 * Predictable plug-in empirical-Bernstein confidence sequence for the mean of X ∈ [0, 1] after all
 * of `values`, miss rate ≤ α at all times together (Waudby-Smith & Ramdas, JRSS-B 86, 2024, §3.2;
 * cf. Howard et al. 2021). Conservative: prefer method C inverted.
 */
export function empiricalBernstein(values: readonly number[], alpha: number): BernsteinInterval {
  const budget = Math.log(2 / alpha);
  let sum = 0.5;
  let squares = 0.25;
  let weights = 0;
  let weighted = 0;
  let penalty = budget;
  values.forEach((value, i) => {
    const t = i + 1;
    const before = sum / t;
    const variance = squares / t;
    const bet = Math.min(LARGEST_BET, Math.sqrt((2 * budget) / (variance * t * Math.log1p(t))));
    weights += bet;
    weighted += bet * value;
    penalty += (value - before) ** 2 * (-Math.log1p(-bet) - bet);
    sum += value;
    squares += (value - sum / (t + 1)) ** 2;
  });
  const halfWidth = penalty / weights;
  return { centre: weighted / weights, halfWidth, vacuous: 2 * halfWidth > 1 };
}
