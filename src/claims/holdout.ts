/**
 * What the sealed hold-out says of an accepted candidate (acceptance.md §3.3): the Ladder's one bit,
 * and whether its gain on the sealed cases bears out the gain of its block. Pure: the gate applies it,
 * `verify` applies it again where the gate's record is there.
 */
import type { GateBody, Size } from '../core/holdout.ts';
import { climb, type Ladder, ladderStep, newLadder } from '../stats/ladder.ts';
import type { NoiseFloor } from '../stats/noise-floor.ts';
import { mean, sampleSd } from '../stats/summary.ts';
import { type Metric, orient } from './orient.ts';
import { type PairedValues, pairDifferences, scoredOnly } from './pairs.ts';
import type { SampledRule } from './rule.ts';

/** Two measurements of one gain further apart than this are not of one gain. */
const CONTRADICTION_ERRORS = 3;
/** Rounding apart, as two sums of the same numbers differ. */
const ROUNDING = 1e-9;

/** η, fixed by rule and noise floor. Where the floor has no scale its standard deviation stands in. */
export function holdoutStep(rule: SampledRule, floor: NoiseFloor, cases: number): number {
  const scale = floor.confirmScale || Math.SQRT2 * floor.sd;
  return ladderStep({ minEffect: rule.minEffect, scale, cases });
}

/**
 * √n: what a set of n cases lets pass before it is retired (safety.md §3, C4). Each promotion is chosen with
 * its help, and after √n of them the choosing alone can have gained as much as its error of measurement.
 */
export function promotionsOf(cases: number): number {
  return Math.max(1, Math.floor(Math.sqrt(cases)));
}

/** Of the differences that were scored on both sides. */
export function sizeOf(differences: readonly number[]): Size {
  const scored = scoredOnly(differences);
  return {
    mean: scored.length > 0 ? mean(scored) : 0,
    sd: scored.length > 1 ? sampleSd(scored) : 0,
    n: scored.length,
  };
}

/** One sealed set, folded from what the gate wrote of it. */
export interface SealedSet {
  readonly generation: number;
  readonly cases: number;
  readonly queries: number;
  /** What it lets pass; absent: as many as it answers. */
  readonly promotions?: number | undefined;
  /** What it was sealed for. */
  readonly base: string;
  asked: number;
  passed: number;
  ladder: Ladder;
  isRetired: boolean;
  /** Oriented means and raw values of what passed on it, and of `base`. */
  readonly levels: Map<string, number>;
  readonly values: Map<string, readonly (number | null)[]>;
}

type Direction = Pick<Metric, 'goal' | 'kind'>;

export function newSealedSet(body: GateBody<'sealed'>, metric: Direction): SealedSet {
  const { generation, cases, queries, promotions, candidate, values, step } = body;
  const level = levelOf(values, metric);
  return {
    generation,
    cases,
    queries,
    promotions,
    base: candidate,
    asked: 0,
    passed: 0,
    ladder: newLadder(step, level),
    isRetired: false,
    levels: new Map([[candidate, level]]),
    values: new Map([[candidate, values]]),
  };
}

function levelOf(values: readonly (number | null)[], metric: Direction): number {
  const scored = values.flatMap((one) => (one === null ? [] : [orient(metric, one)]));
  return scored.length > 0 ? mean(scored) : 0;
}

/** An answered question: who was asked about, and what was measured. */
export type Asked = Pick<GateBody<'judged'>, 'candidate' | 'against' | 'block'> & PairedValues;

type Answer = Pick<
  GateBody<'judged'>,
  'query' | 'verdict' | 'gate' | 'why' | 'queriesLeft' | 'retired'
>;

/** What the set answers; `addAnswer` makes it remember. */
export function answerOf(set: SealedSet, asked: Asked, metric: Direction): Answer {
  const query = set.asked + 1;
  const queriesLeft = Math.max(0, set.queries - query);
  const { rung, refusal, isContradicted } = judged(set, asked, metric);
  const passed = set.passed + (refusal === undefined ? 1 : 0);
  const retired = retiredAs(set, { isContradicted, queriesLeft, passed });
  return {
    query,
    verdict: rung.isImproved ? 'improved' : 'not-improved',
    gate: refusal === undefined ? 'pass' : 'fail',
    ...(refusal === undefined ? {} : { why: refusal }),
    queriesLeft,
    ...(retired === undefined ? {} : { retired }),
  };
}

function retiredAs(
  { promotions = Number.POSITIVE_INFINITY }: SealedSet,
  now: { readonly isContradicted: boolean; readonly queriesLeft: number; readonly passed: number },
): Answer['retired'] {
  if (now.isContradicted) return 'contradicted';
  if (now.queriesLeft === 0) return 'spent';
  return now.passed >= promotions ? 'promoted' : undefined;
}

export function addAnswer(set: SealedSet, body: GateBody<'judged'>, metric: Direction): void {
  const { level, rung } = judged(set, body, metric);
  set.asked = body.query;
  set.ladder = rung.ladder;
  set.isRetired = body.retired !== undefined;
  if (body.gate === 'fail') return;
  set.passed += 1;
  set.levels.set(body.candidate, level);
  set.values.set(body.candidate, body.values);
}

/**
 * Only an overstated gain refuses; one that is far larger on the sealed cases is a reason to seal
 * others, not to throw a better candidate away.
 */
function judged(set: SealedSet, asked: Asked, metric: Direction) {
  const differences = pairDifferences(asked, metric);
  const sealed = sizeOf(differences);
  const from = set.levels.get(asked.against) ?? levelOf(asked.againstValues, metric);
  const level = from + sealed.mean;
  const isUnscored = differences.some((one) => one === Number.NEGATIVE_INFINITY);
  if (isUnscored || Math.min(sealed.n, asked.block.n) < 2) {
    const refusal = isUnscored ? UNSCORED : TOO_FEW;
    const rung = { isImproved: false, ladder: set.ladder };
    return { level, rung, refusal, isContradicted: isUnscored };
  }
  const gap = gapOf(asked.block, sealed);
  const rung = climb(set.ladder, level);
  const isContradicted = gap !== 'none';
  return { level, rung, refusal: gap === 'overstated' ? OVERSTATED : undefined, isContradicted };
}

/** Words without a number: what the sealed cases gave does not leave the gate. */
const UNSCORED = 'it has no score on a sealed case on which the incumbent has one';
const TOO_FEW = 'too few pairs have a score on both sides';
const OVERSTATED =
  'its gain on the sealed cases is more than three standard errors below that of its block';

export interface Gap {
  /** Oriented: above 0 where the block's gain is the larger. */
  readonly gap: number;
  /** Standard error of it. */
  readonly error: number;
  /** What two sums of the same numbers may differ by. */
  readonly rounding: number;
}

export function gapBetween(block: Size, sealed: Size): Gap {
  const error = Math.sqrt(block.sd ** 2 / block.n + sealed.sd ** 2 / sealed.n);
  const gap = block.mean - sealed.mean;
  const rounding = ROUNDING * Math.max(1, Math.abs(block.mean), Math.abs(sealed.mean));
  return { gap, error, rounding };
}

/** |block − sealed| against three standard errors of that difference. */
function gapOf(block: Size, sealed: Size): 'none' | 'overstated' | 'understated' {
  const { gap, error, rounding } = gapBetween(block, sealed);
  if (Math.abs(gap) <= CONTRADICTION_ERRORS * error + rounding) return 'none';
  return gap > 0 ? 'overstated' : 'understated';
}
