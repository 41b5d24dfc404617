import type { Hash } from '../core/hash.ts';
import { gainFigure, type Measure } from './orient.ts';

/** `inconclusive`: stopped before the rule had decided, or the evidence contradicts itself. */
export type ClaimVerdict = 'accepted' | 'unconfirmed' | 'inconclusive';

/**
 * "A beats B": the one form every statement of progress takes, decided by one rule, shown on one
 * card, re-derived by `verify`. Effects are oriented: positive means A is better.
 */
export type Claim = TestedClaim | ExactClaim;

interface Stated {
  readonly schema: 'paceline.claim/1';
  /** What is claimed to be better, and than what. */
  readonly subject: string;
  readonly against: string;
  readonly metric: string;
  readonly unit: string;
  /** Of times effect and interval are logarithms of how many times as fast (claims/orient.ts). */
  readonly kind?: 'time';
  /** Over what the claim generalises, such as `fresh instances of the generator`. */
  readonly population: string;
  /** What one pair replicates, such as `instance`; plural by adding s. */
  readonly replicationUnit: string;
  /** In what both sides were given the same, such as `evaluations`. */
  readonly budgetUnit: string;
  /** Of the rule fixed before the first trial. */
  readonly ruleHash: Hash;
  readonly notes: readonly string[];
  /** ISO date after which the claim must be measured again. Absent: as long as both sides exist. */
  readonly expiry?: string;
  readonly verdict: ClaimVerdict;
}

/** Of one exact value: arithmetic by an independent verifier, without level, evidence or interval. */
export interface ExactClaim extends Stated {
  readonly method: 'exact';
  readonly tolerance: number;
  /** The verifier was the evaluator, run again. */
  readonly isItself?: true;
  /** Absent where the verifier gave no value. */
  readonly effect?: number;
}

export interface TestedClaim extends Stated {
  readonly method: 'symmetric' | 'passfail' | 'bounded' | 't-mixture';
  /** α_t of the attempt. */
  readonly alpha: number;
  /** log K when the decision fell; absent where the keeper of a pool told the verdict alone. */
  readonly logE?: number;
  /** Pairs the decision used. */
  readonly n: number;
  /** From the fixed block measured afterwards; the stopped mean only while there is no block. */
  readonly effect: number;
  readonly interval: readonly [number, number];
  /** Coverage of the interval, such as 0.95. */
  readonly level: number;
  /** Pairs behind effect and interval; 0 where no block was measured. */
  readonly blockPairs: number;
}

const DIGITS = 3;

/** A number as people read it: three significant digits, no exponent for ordinary sizes. */
export function shortNumber(value: number): string {
  return Number(value.toPrecision(DIGITS)).toString();
}

/** Digits that two programs which compute one value may agree in. */
const EXACT_DIGITS = 12;

/** A number that is arithmetic: records of packings differ in the sixth digit. */
export function exactNumber(value: number): string {
  return Number(value.toPrecision(EXACT_DIGITS)).toString();
}

/** A difference of percentages is no percentage: 5 percent to 4 is one point, not a fifth. */
export function differenceUnit(unit: string): string {
  return unit === 'percent' || unit === '%' ? 'points' : unit;
}

/** How a gain's number and its unit stand together. */
export function withGainUnit(figure: string, { unit, kind }: Measure): string {
  if (kind === 'time') return `${figure}x as fast`;
  return unit === '' ? figure : `${figure} ${differenceUnit(unit)}`;
}

interface Gain {
  readonly effect: number;
  readonly interval: readonly [number, number];
}

/** `1.2 ms [0.8, 1.6]`, of times `1.31x as fast [1.24, 1.38]`. */
export function gainText({ effect, interval }: Gain, measure: Measure): string {
  const [figure = '', low, high] = [effect, ...interval].map((one) =>
    shortNumber(gainFigure(measure, one)),
  );
  return `${withGainUnit(figure, measure)} [${low}, ${high}]`;
}

/** A gain behind a verb, its separator included: nobody beats anyone "by 1.31x as fast". */
export function byGain(size: string, { kind }: Pick<Measure, 'kind'>): string {
  return kind === 'time' ? `, ${size}` : ` by ${size}`;
}

/** A gain that may be a loss, named: of times it is a ratio and no difference. */
export function differenceIs(size: string, { kind }: Pick<Measure, 'kind'>): string {
  return kind === 'time' ? size : `difference ${size}`;
}

/** `1.2 ms [0.8, 1.6] (95 % interval, 12 instances)`; the effect always with n and interval. */
export function effectText(claim: TestedClaim): string {
  const coverage = `${shortNumber(100 * claim.level)} % interval`;
  const size = `${claim.blockPairs} ${claim.replicationUnit}s`;
  return `${gainText(claim, claim)} (${coverage}, ${size})`;
}

/** `1 pair`, `12 pairs` */
export function pairsText(n: number): string {
  return n === 1 ? '1 pair' : `${n} pairs`;
}

/** The claim as one sentence that says no more than the evidence does. */
export function claimSentence(claim: Claim): string {
  if (claim.method === 'exact') return exactSentence(claim);
  const { subject, against, metric, population } = claim;
  const pairs = pairsText(claim.n);
  switch (claim.verdict) {
    case 'accepted': {
      const gain =
        claim.blockPairs > 0
          ? byGain(effectText(claim), claim)
          : '; its size is claimed once it is promoted';
      return `${subject} beats ${against} on ${metric} over ${population}${gain}.`;
    }
    case 'unconfirmed':
      return `${subject} was not shown to beat ${against} on ${metric} over ${population} within ${pairs}.`;
    case 'inconclusive':
      return `After ${pairs} it is open whether ${subject} beats ${against} on ${metric} over ${population}.`;
  }
}

function exactSentence(claim: ExactClaim): string {
  const { subject, against, metric, unit, effect, verdict, isItself } = claim;
  const whom = `${subject} beats ${against} on ${metric}`;
  if (verdict === 'inconclusive') return `It is open whether ${whom}: a value is missing.`;
  if (effect === undefined || verdict === 'unconfirmed') {
    return `${subject} was not verified to beat ${against} on ${metric}.`;
  }
  const whose = isItself
    ? 'in the values of the evaluator, run again; no second program looked'
    : 'in the values of an independent verifier';
  return `${whom} by ${exactNumber(effect)} ${differenceUnit(unit)}, exactly, ${whose}.`;
}
