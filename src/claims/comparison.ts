/** The final comparison and the words it may use (design.md §4, acceptance.md §4.3). */
import { byGain, differenceIs, gainText } from './claim.ts';
import { gainBlock } from './decide.ts';
import type { Measure } from './orient.ts';
import { scoredOnly } from './pairs.ts';

export interface Comparison {
  readonly effect: number;
  readonly interval: readonly [number, number];
  /** Pairs scored on both sides. */
  readonly n: number;
  readonly verdict: 'ahead' | 'behind' | 'no-evidence' | 'identical';
}

/** No pairs: both sides are the same candidate. A pair without a score leaves no evidence. */
export function compare(pairs: readonly number[]): Comparison {
  if (pairs.length === 0) return { effect: 0, interval: [0, 0], n: 0, verdict: 'identical' };
  const { mean: effect, lower, upper, n } = gainBlock(pairs);
  const isWhole = n === pairs.length;
  const verdict = isWhole && lower > 0 ? 'ahead' : isWhole && upper < 0 ? 'behind' : 'no-evidence';
  return { effect, interval: [lower, upper], n, verdict };
}

export interface Compared extends Comparison {
  readonly metric: Measure;
  /** With the untouched origin; otherwise with a control arm at its spend. */
  readonly isOrigin: boolean;
  readonly pairs: readonly number[];
}

/** A sentence that claims no more than the pairs can bear. */
export function comparisonWords(compared: Compared): string {
  const { verdict, isOrigin, n, pairs } = compared;
  if (n < 2 && verdict !== 'identical')
    return `not compared: ${pairs.length - n} of ${pairs.length} pairs without a score`;
  const words = isOrigin ? ORIGIN_WORDS : CONTROL_WORDS;
  return words[verdict](sizeWords(compared), compared.metric);
}

export interface TwoCompared extends Omit<Compared, 'isOrigin'> {
  /** As people named them. */
  readonly first: string;
  readonly second: string;
}

/** Two candidates that somebody wanted compared: about these two, never about how they were found. */
export function twoWords(compared: TwoCompared): string {
  const { verdict, first, second, metric, n, pairs } = compared;
  const both = `${first} and ${second}`;
  if (verdict === 'identical') return `${both} are the same candidate`;
  if (n < 2) return `not compared: ${both}; ${unscoredWords(pairs, [first, second])}`;
  const size = sizeWords(compared, [first, second]);
  switch (verdict) {
    case 'ahead':
      return `${first} is better than ${second}${byGain(size, metric)}`;
    case 'behind':
      return `${first} is worse than ${second}: ${differenceIs(size, metric)}`;
    case 'no-evidence':
      return `no evidence that ${both} differ: ${differenceIs(size, metric)}`;
  }
}

const SIDES = ['ours', 'theirs'] as const;

function sizeWords(
  compared: Pick<Compared, keyof Comparison | 'metric' | 'pairs'>,
  sides: readonly [string, string] = SIDES,
): string {
  const { metric, n, pairs } = compared;
  const size = `${gainText(compared, metric)} on fresh instances`;
  return n === pairs.length
    ? size
    : `${size}, over the pairs that were scored; ${unscoredWords(pairs, sides)}`;
}

function unscoredWords(
  pairs: readonly number[],
  [first, second]: readonly [string, string],
): string {
  const count = (is: (one: number) => boolean): number => pairs.filter(is).length;
  const ours = count((one) => one === Number.NEGATIVE_INFINITY);
  const theirs = count((one) => one === Number.POSITIVE_INFINITY);
  const neither = pairs.length - scoredOnly(pairs).length - ours - theirs;
  return `without a score: ${first} ${ours}, ${second} ${theirs}, both ${neither} of ${pairs.length}`;
}

type Words = Readonly<Record<Comparison['verdict'], (size: string, metric: Measure) => string>>;

const differs = (size: string, metric: Measure): string =>
  `the incumbent differs from the untouched origin${byGain(size, metric)}`;

const ORIGIN_WORDS: Words = {
  ahead: differs,
  behind: differs,
  'no-evidence': (size) => `no evidence against the untouched origin: ${size}`,
  identical: () => 'the incumbent is the untouched origin',
};

const ONE = 'not testable: one trajectory;';
const OURS = `${ONE} our candidate at the control's spend`;
const CONTROL_WORDS: Words = {
  ahead: (size, metric) => `${OURS} beats the control's final${byGain(size, metric)}`,
  behind: (size, metric) => `${OURS} loses to the control's final, ${differenceIs(size, metric)}`,
  'no-evidence': (size, metric) =>
    `${OURS} is not told apart from the control's final, ${differenceIs(size, metric)}`,
  identical: () => `${ONE} both arms had the same candidate at the control's spend`,
};
