/**
 * Exact randomisation tests of a shift, and the interval that inverts them. Each rearrangement of the
 * data beats the observed one from a certain shift on; those thresholds, sorted, are all there is to
 * know: how many lie at or below 0 is the p-value, the K-th from either end is a bound (Hartigan,
 * "Using subsample values as typical values", JASA 64, 1969, for sign flips).
 */
import { PacelineError } from '../core/errors.ts';
import { studentQuantile } from './distributions.ts';
import { mean, sampleSd } from './summary.ts';

export interface ShiftTest {
  readonly estimate: number;
  /** One-sided p-values of "no larger than 0" and of "no smaller than 0". */
  readonly pAbove: number;
  readonly pBelow: number;
  /** Each bound misses with probability ≤ `alpha`; infinite where the design is too small. */
  readonly lower: number;
  readonly upper: number;
  /** The shift that this design would miss half the time, for normal data of the spread seen. */
  readonly missedHalf: number;
}

/** Rearrangements that are counted one by one: a tenth of a second. */
const MOST_REARRANGEMENTS = 2 ** 18;
/** Thresholds equal to 0 up to rounding count as 0. */
const ROUNDING = 1e-12;

/** "The differences are symmetric about 0": every set of signs is as likely (Fisher 1935). */
export function signFlipShift(differences: readonly number[], alpha: number): ShiftTest {
  const n = differences.length;
  refuseBeyond(2 ** n);
  const sums = [0];
  const sizes = [0];
  for (const difference of differences) {
    for (let i = 0, end = sums.length; i < end; i++) {
      sums.push((sums[i] ?? 0) + difference);
      sizes.push((sizes[i] ?? 0) + 1);
    }
  }
  // The first is the empty set of flips, which is the observation itself.
  const thresholds = sums.slice(1).map((sum, i) => sum / (sizes[i + 1] ?? 1));
  const error = n < 2 ? Number.POSITIVE_INFINITY : sampleSd(differences) / Math.sqrt(n);
  return shiftTest(thresholds, { estimate: mean(differences), alpha, error, df: n - 1 });
}

/** "All runs are exchangeable": every choice of who is whose is as likely. */
export function permutationShift(
  ours: readonly number[],
  theirs: readonly number[],
  alpha: number,
): ShiftTest {
  const [n, m] = [ours.length, theirs.length];
  const thresholds = exchanges(ours, theirs);
  const spread = (values: readonly number[]): number =>
    values.length < 2 ? 0 : (values.length - 1) * sampleSd(values) ** 2;
  const df = n + m - 2;
  const pooled = Math.sqrt((spread(ours) + spread(theirs)) / df);
  const error = df < 1 ? Number.POSITIVE_INFINITY : pooled * Math.sqrt(1 / n + 1 / m);
  return shiftTest(thresholds, { estimate: mean(ours) - mean(theirs), alpha, error, df });
}

/** For each exchange of some of ours for as many of theirs: the mean gain of an exchanged run. */
function exchanges(ours: readonly number[], theirs: readonly number[]): number[] {
  const gone = subsetsBySize(ours);
  const come = subsetsBySize(theirs);
  const most = Math.min(ours.length, theirs.length);
  let count = 0;
  for (let size = 0; size <= most; size++)
    count += (gone[size]?.length ?? 0) * (come[size]?.length ?? 0);
  refuseBeyond(count);
  const thresholds: number[] = [];
  for (let size = 1; size <= most; size++) {
    for (const a of gone[size] ?? [])
      for (const b of come[size] ?? []) thresholds.push((a - b) / size);
  }
  return thresholds;
}

/** Sums of all subsets, by the number of their elements. */
function subsetsBySize(values: readonly number[]): number[][] {
  refuseBeyond(2 ** values.length);
  const bySize: number[][] = [[0], ...values.map((): number[] => [])];
  for (const value of values) {
    for (let size = values.length - 1; size >= 0; size--) {
      for (const sum of bySize[size] ?? []) bySize[size + 1]?.push(sum + value);
    }
  }
  return bySize;
}

function refuseBeyond(rearrangements: number): void {
  if (rearrangements <= MOST_REARRANGEMENTS) return;
  throw new PacelineError(
    'USAGE',
    `An exact test over ${rearrangements} rearrangements is out of reach; at most ${MOST_REARRANGEMENTS} are counted. Use fewer runs, or pairs until decided.`,
    { rearrangements },
  );
}

interface Observed {
  readonly estimate: number;
  readonly alpha: number;
  /** Standard error of the estimate, and its degrees of freedom. */
  readonly error: number;
  readonly df: number;
}

function shiftTest(
  thresholds: readonly number[],
  { estimate, alpha, error, df }: Observed,
): ShiftTest {
  const sorted = Float64Array.from(thresholds).sort();
  const total = sorted.length + 1;
  const slack =
    ROUNDING * Math.max(1e-300, ...thresholds.slice(0, 1).map(Math.abs), Math.abs(estimate));
  const atMost = sorted.filter((one) => one <= slack).length;
  const atLeast = sorted.filter((one) => one >= -slack).length;
  const allowed = Math.floor(alpha * total + ROUNDING);
  const isReachable = allowed >= 1;
  const reached = allowed / total;
  return {
    estimate,
    pAbove: (1 + atMost) / total,
    pBelow: (1 + atLeast) / total,
    lower: isReachable
      ? (sorted[allowed - 1] ?? Number.NEGATIVE_INFINITY)
      : Number.NEGATIVE_INFINITY,
    upper: isReachable
      ? (sorted[sorted.length - allowed] ?? Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY,
    missedHalf:
      isReachable && df >= 1 ? studentQuantile(1 - reached, df) * error : Number.POSITIVE_INFINITY,
  };
}
