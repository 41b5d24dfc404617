/** The confirm (acceptance.md §1.4): from paired differences on fresh cases to accepted or not. */
import {
  type BlockInterval,
  blockInterval,
  rareLossWarning,
  signTestInterval,
} from '../stats/block.ts';
import { type EProcessSpec, logEValues, maxLogGrowth } from '../stats/e-process.ts';
import { type NoiseFloor, noiseFloor } from '../stats/noise-floor.ts';
import { mean } from '../stats/summary.ts';
import { shortNumber } from './claim.ts';
import { gainFigure, type Measure } from './orient.ts';
import { brokenPromise, forTest, scoredOnly } from './pairs.ts';
import type { SampledRule } from './rule.ts';

/** An attempt to accept one candidate. Both fields are fixed before its first pair. */
export interface Attempt {
  /** α_t: accepted once K ≥ 1/level. */
  readonly level: number;
  readonly spec: EProcessSpec;
}

export interface ConfirmVerdict {
  readonly verdict: 'accepted' | 'unconfirmed' | 'more';
  /** Further pairs worth requesting at once, never past `maxPairs`; 0 when decided. */
  readonly take: number;
  /** log K at pair `n`. */
  readonly logE: number;
  /** The pair at which the decision fell; later pairs are ignored. All pairs while undecided. */
  readonly n: number;
  /** Why it is unconfirmed, where a pair broke the method's promise. */
  readonly why?: string;
}

/** n_max = 8 + 4·log₂(1/α_t) for 2σ: a cap below log₂(1/α_t) could never accept anything. */
const PAIRS_BASE = 8;
const PAIRS_PER_DOUBLING = 4;
const TABLED_EFFECT = 2;
/** Betting on a declared range needs up to three times the pairs of method A (§1.4 C). */
const BOUNDED_FACTOR = 2;
/** From here on evidence this far against the candidate ends the attempt. */
const FUTILE_FROM = 4;
const FUTILE_LOG = -1;
/** Requests grow to a quarter of what was measured: little waste, few round trips. */
const REQUEST_SHARE = 4;
/** Scale of a Student mixture: an effect of one standard deviation. */
const T_MIXTURE_G = 1;

/** n_max: pairs after which an attempt at `level` ends unconfirmed. */
export function maxPairs(rule: SampledRule, level: number): number {
  const size = Math.max(1, (TABLED_EFFECT / rule.smallestEffect) ** 2);
  const factor = rule.method === 'bounded' ? BOUNDED_FACTOR : 1;
  return Math.ceil(factor * size * (PAIRS_BASE + PAIRS_PER_DOUBLING * Math.log2(1 / level)));
}

/**
 * The e-process of one attempt. The scale of method A (§1.1, point 5) is the floor's, else the
 * distance of the first scored pair from the margin, which is then a bet on its sign. Where screens are
 * paired, `floor` is that of `withPairedScale`. A wrong scale costs power, never validity.
 */
export function confirmSpec(
  rule: SampledRule,
  floor: NoiseFloor,
  differences: readonly number[] = [],
): EProcessSpec {
  const margin = rule.minEffect;
  switch (rule.method) {
    case 'symmetric': {
      const first = Math.abs((differences.find(Number.isFinite) ?? margin) - margin);
      return { method: 'symmetric', scale: floor.confirmScale || first, margin };
    }
    case 'passfail':
      return margin === 0
        ? { method: 'passfail', a: rule.passfailPrior }
        : { method: 'bounded', bound: 1, margin };
    case 'bounded':
      return { method: 'bounded', bound: rule.bound ?? 1, margin };
    case 't-mixture':
      return { method: 't-mixture', margin, g: T_MIXTURE_G };
  }
}

/**
 * Folds the differences (as `pairDifferences` gives them) in index order; the first decisive pair
 * decides. A difference beyond what the method was promised ends the attempt. Futility is
 * non-binding: pausing, resuming or stopping by hand keeps every guarantee.
 */
export function confirmVerdict(
  rule: SampledRule,
  attempt: Attempt,
  differences: readonly number[],
): ConfirmVerdict {
  const needed = Math.log(1 / attempt.level);
  const growth = maxLogGrowth(attempt.spec);
  const limit = maxPairs(rule, attempt.level);
  const { spec } = attempt;
  const tested = differences.slice(0, limit).map((one) => forTest(spec, one));
  const path = logEValues(spec, tested);
  for (const [i, logE] of path.entries()) {
    const n = i + 1;
    const broken = brokenPromise(spec, differences[i] ?? 0);
    if (broken !== undefined)
      return { verdict: 'unconfirmed', take: 0, logE, n, why: `pair ${n} ${broken}` };
    if (logE >= needed) return { verdict: 'accepted', take: 0, logE, n };
    const isAgainst = n >= FUTILE_FROM && logE < FUTILE_LOG;
    const isOutOfReach = n >= limit || needed - logE > (limit - n) * growth;
    if (isAgainst || isOutOfReach) return { verdict: 'unconfirmed', take: 0, logE, n };
  }
  const n = path.length;
  const logE = path.at(-1) ?? 0;
  const fewest = Number.isFinite(growth) ? Math.max(1, Math.ceil((needed - logE) / growth)) : limit;
  const batch = Math.max(FUTILE_FROM, Math.floor(n / REQUEST_SHARE));
  return { verdict: 'more', take: Math.min(limit - n, fewest, batch), logE, n };
}

export interface GainBlock extends BlockInterval {
  readonly level: number;
  readonly median: number;
  /** Share of pairs lost, and the smallest difference. */
  readonly shareLost: number;
  readonly worst: number;
  /** What a reader must know beside the interval, in plain words. */
  readonly notes: readonly string[];
}

export const BLOCK_LEVEL = 0.95;

/** The mean of the pairs of a stopped confirm that were scored; 0 where none was. */
export function stoppedMean(differences: readonly number[]): number {
  const scored = scoredOnly(differences);
  return scored.length > 0 ? mean(scored) : 0;
}

/**
 * The gain as it is reported: the fixed-size block's mean with its t-interval, over the pairs that
 * were scored on both sides; the others are counted in a note, and make the gain inconclusive. Under
 * heavy tails a note adds the median with its sign-test interval. The decision stands whatever the
 * block says.
 */
export function gainBlock(
  pairs: readonly number[],
  minEffect = 0,
  { kind }: Pick<Measure, 'kind'> = {},
): GainBlock {
  const differences = scoredOnly(pairs);
  const unscored = pairs.length - differences.length;
  const missing = `inconclusive: ${unscored} of ${pairs.length} pairs without a score`;
  if (differences.length < 2) return nothingMeasured(missing, differences.length);
  const block = blockInterval(differences, BLOCK_LEVEL);
  const figure = (gain: number): string =>
    `${shortNumber(gainFigure({ kind }, gain))}${kind === 'time' ? 'x' : ''}`;
  const losses = rareLossWarning(differences);
  const middle = signTestInterval(differences, BLOCK_LEVEL);
  const notes: string[] = unscored > 0 ? [missing] : [];
  if (losses.warning) notes.push('inconclusive: rare large losses');
  if (block.lower <= minEffect) notes.push('gain not yet precise');
  if (noiseFloor(differences).heavyTailed) {
    const range = [middle.lower, middle.upper].map(figure).join(', ');
    notes.push(`heavy tails: median gain ${figure(middle.median)} [${range}]`);
  }
  if (losses.shareLost > 0) {
    const lost = Math.round(losses.shareLost * block.n);
    notes.push(`${lost} of ${block.n} pairs lost, the worst by ${figure(-losses.worst)}`);
  }
  const { shareLost, worst } = losses;
  return { ...block, level: BLOCK_LEVEL, median: middle.median, shareLost, worst, notes };
}

/** Too few scored pairs for a mean: zeros, and a note that says so. */
function nothingMeasured(note: string, n: number): GainBlock {
  const none = { mean: 0, lower: 0, upper: 0, sd: 0, median: 0, shareLost: 0, worst: 0 };
  return { ...none, n, level: BLOCK_LEVEL, notes: [note] };
}
