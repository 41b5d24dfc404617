/** The final comparison and the words it may use (design.md §4, acceptance.md §4.3). */
import { differenceUnit, shortNumber } from './claim.ts';
import { gainBlock } from './decide.ts';
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
  readonly unit: string;
  /** With the untouched origin; otherwise with a control arm at its spend. */
  readonly isOrigin: boolean;
  readonly pairs: readonly number[];
}

/** A sentence that claims no more than the pairs can bear. */
export function comparisonWords(compared: Compared): string {
  const { verdict, isOrigin, n, pairs } = compared;
  if (n < 2 && verdict !== 'identical')
    return `not compared: ${pairs.length - n} of ${pairs.length} pairs without a score`;
  const [lower, upper] = compared.interval.map(shortNumber);
  const unit = differenceUnit(compared.unit);
  const size = `${shortNumber(compared.effect)} ${unit} [${lower}, ${upper}] on fresh instances`;
  const by = n === pairs.length ? size : `${size}, ${unscoredWords(pairs)}`;
  const words = isOrigin ? ORIGIN_WORDS : CONTROL_WORDS;
  return verdict === 'identical' ? words.identical : `${words[verdict]} ${by}`;
}

function unscoredWords(pairs: readonly number[]): string {
  const count = (is: (one: number) => boolean): number => pairs.filter(is).length;
  const ours = count((one) => one === Number.NEGATIVE_INFINITY);
  const theirs = count((one) => one === Number.POSITIVE_INFINITY);
  const neither = pairs.length - scoredOnly(pairs).length - ours - theirs;
  return `over the pairs that were scored; without a score: ours ${ours}, theirs ${theirs}, both ${neither} of ${pairs.length}`;
}

type Words = Readonly<Record<Comparison['verdict'], string>>;

const ORIGIN_WORDS: Words = {
  ahead: 'the incumbent differs from the untouched origin by',
  behind: 'the incumbent differs from the untouched origin by',
  'no-evidence': 'no evidence against the untouched origin:',
  identical: 'the incumbent is the untouched origin',
};

const ONE = 'not testable: one trajectory;';
const OURS = `${ONE} our candidate at the control's spend`;
const CONTROL_WORDS: Words = {
  ahead: `${OURS} beats the control's final by`,
  behind: `${OURS} loses to the control's final, difference`,
  'no-evidence': `${OURS} is not told apart from the control's final, difference`,
  identical: `${ONE} both arms had the same candidate at the control's spend`,
};
