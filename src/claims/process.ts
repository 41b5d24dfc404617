/**
 * Did the search help? A claim about the process, not about one artefact (acceptance.md §4.3): it
 * needs several runs of both, of equal budget. Four verdicts, and words that say no more.
 */
import { publicRoot } from '../core/rng.ts';
import { confidenceBounds } from '../stats/confidence-sequence.ts';
import { logEValues } from '../stats/e-process.ts';
import { permutationShift, type ShiftTest, signFlipShift } from '../stats/shift.ts';
import { mean, sampleSd } from '../stats/summary.ts';
import { differenceIs, shortNumber, withGainUnit } from './claim.ts';
import { gainFigure, type Measure } from './orient.ts';

export type ProcessVerdict = 'helped' | 'hurt' | 'no-evidence' | 'not-testable';

export interface ProcessFinding {
  readonly verdict: ProcessVerdict;
  readonly difference: number;
  /** Each side misses with probability ≤ 5 %. */
  readonly interval: readonly [number, number];
  /** One-sided p-value of the side seen; absent for an e-process. */
  readonly p?: number;
  /** Largest log K of the side seen; for an e-process only. */
  readonly logE?: number;
  /** Smallest difference found at least half the time; infinite where that is not asked. */
  readonly missedHalf: number;
}

/** The error of each side of the test. */
export const PROCESS_ALPHA = 0.05;
/** With fewer pairs the smallest p-value is above 5 %. */
export const FEWEST_PAIRS = 5;
/** Exactly counted; beyond it, pairs until decided. */
export const MOST_FIXED_PAIRS = 18;

/** A number of paired studies fixed beforehand: sign-flip test. Positive: the search is better. */
export function pairedFinding(differences: readonly number[]): ProcessFinding {
  return fromShift(signFlipShift(differences, PROCESS_ALPHA), differences.length >= FEWEST_PAIRS);
}

/** Islands against control blocks of equal budget: permutation test on the means. */
export function islandsFinding(
  islands: readonly number[],
  blocks: readonly number[],
): ProcessFinding {
  const test = permutationShift(islands, blocks, PROCESS_ALPHA);
  return fromShift(test, Number.isFinite(test.lower));
}

function fromShift(test: ShiftTest, isTestable: boolean): ProcessFinding {
  const { estimate, pAbove, pBelow, lower, upper, missedHalf } = test;
  const verdict = !isTestable
    ? 'not-testable'
    : pAbove <= PROCESS_ALPHA && lower > 0
      ? 'helped'
      : pBelow <= PROCESS_ALPHA && upper < 0
        ? 'hurt'
        : 'no-evidence';
  const p = estimate >= 0 ? pAbove : pBelow;
  return { verdict, difference: estimate, interval: [lower, upper], p, missedHalf };
}

/** Largest log K so far, for "the search is better" and for "it is worse". */
export function sequentialEvidence(differences: readonly number[]): readonly [number, number] {
  const best = (side: readonly number[]): number => Math.max(0, ...logEValues(TEST, side));
  return [best(differences), best(differences.map((one) => -one))];
}

/**
 * Pairs until decided: method A on the differences, in the order of their numbers, one e-process for
 * each side. Stopping after any pair keeps both error rates.
 */
export function sequentialFinding(differences: readonly number[]): ProcessFinding {
  const needed = Math.log(1 / PROCESS_ALPHA);
  const [above, below] = sequentialEvidence(differences);
  const difference = differences.length > 0 ? mean(differences) : 0;
  const { lower, upper } = differences.some((one) => one !== 0)
    ? confidenceBounds(TEST, differences, PROCESS_ALPHA)
    : { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  const verdict =
    differences.length < FEWEST_PAIRS
      ? 'not-testable'
      : above >= needed && lower > 0
        ? 'helped'
        : below >= needed && upper < 0
          ? 'hurt'
          : 'no-evidence';
  return {
    verdict,
    difference,
    interval: [lower, upper],
    logE: difference >= 0 ? above : below,
    missedHalf: verdict === 'no-evidence' ? missedHalfOf(differences) : Number.POSITIVE_INFINITY,
  };
}

/** Nothing is known of the size beforehand: the first pair sets the scale and bets on its sign. */
const TEST = { method: 'symmetric', scale: 0, margin: 0 } as const;

const SIMULATIONS = 200;
const HALVINGS = 9;
/** Effects beyond this many standard deviations are found with any number of pairs that can decide. */
const LARGEST_EFFECT = 8;

/** By simulation with fixed streams: normal differences of the spread seen, as many as there are. */
function missedHalfOf(differences: readonly number[]): number {
  const n = differences.length;
  const noise = Array.from({ length: SIMULATIONS }, (_, i) => {
    const rng = publicRoot('missed half').stream(i, 'normal');
    return Array.from({ length: n }, () => rng.normal());
  });
  const needed = Math.log(1 / PROCESS_ALPHA);
  const found = (effect: number): number =>
    noise.filter((row) =>
      logEValues(
        TEST,
        row.map((one) => one + effect),
      ).some((one) => one >= needed),
    ).length;
  if (found(LARGEST_EFFECT) < SIMULATIONS / 2) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, LARGEST_EFFECT];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (found(middle) >= SIMULATIONS / 2) high = middle;
    else low = middle;
  }
  return high * sampleSd(differences);
}

interface Wording {
  readonly metric: Measure;
  /** What it holds for. */
  readonly scope: string;
  /** Whom it is about: the search against its control where nobody else is named. */
  readonly said?: { readonly helped: string; readonly hurt: string };
}

const OF_THE_SEARCH = { helped: 'search helped', hurt: 'search hurt' } as const;

/** The sentence of a process-level claim. */
export function processWords(
  finding: ProcessFinding,
  { metric, scope, said = OF_THE_SEARCH }: Wording,
): string {
  const { verdict, difference, interval, missedHalf } = finding;
  const [lower, upper] = interval.map((bound) => boundText(gainFigure(metric, bound)));
  const figure = shortNumber(gainFigure(metric, difference));
  const size = `${withGainUnit(figure, metric)} [${lower}, ${upper}]`;
  const by = differenceIs(size, metric);
  switch (verdict) {
    case 'helped':
      return `${said.helped}: ${by} ${scope}`;
    case 'hurt':
      return `${said.hurt}: ${by} ${scope}`;
    case 'no-evidence':
      return `no evidence: ${by}; with this design ${missedText(missedHalf, metric)}`;
    case 'not-testable':
      return `not testable: too few runs; ${by} ${scope}`;
  }
}

function missedText(missedHalf: number, metric: Measure): string {
  if (missedHalf === 0) return 'in which nothing differed from run to run, no size can be named';
  const what = metric.kind === 'time' ? 'a gain' : 'a difference';
  return Number.isFinite(missedHalf)
    ? `${what} below ${withGainUnit(shortNumber(gainFigure(metric, missedHalf)), metric)} would be missed half the time`
    : 'any difference would be missed half the time';
}

function boundText(bound: number): string {
  if (Number.isFinite(bound)) return shortNumber(bound);
  return bound < 0 ? '−∞' : '∞';
}
