/** Islands against control blocks: what their finals on one common block of cases say (acceptance.md §4.3). */
import type { CandidateId } from '../core/candidate.ts';
import { mean } from '../stats/summary.ts';
import { type Metric, orient } from './orient.ts';
import { islandsFinding, PROCESS_ALPHA, type ProcessVerdict, processWords } from './process.ts';

/** Cases of the common block: fixed before the first, so that nobody chooses when to stop. */
export const FINAL_CASES = 32;

/** The final of an island or a control block, in raw values of the common cases; null without a score. */
export interface Final {
  readonly arm: string;
  readonly candidate: CandidateId;
  readonly isIsland: boolean;
  readonly values: readonly (number | null)[];
}

/** Of the interval: each of its bounds misses with `PROCESS_ALPHA`. */
export const ISLANDS_LEVEL = 1 - 2 * PROCESS_ALPHA;

/** What is recorded. Numbers are absent where a final lacks a score or all are one candidate. */
export interface IslandsOutcome {
  readonly verdict: ProcessVerdict;
  /** Oriented: positive means that the search is better. */
  readonly difference?: number;
  readonly interval?: readonly [number, number];
  readonly p?: number;
  readonly words: string;
}

/** Different finals with a score on every case, or the comparison says why it is none. */
export function judgeIslands(
  finals: readonly Final[],
  { metric, atEvals }: { readonly metric: Metric; readonly atEvals: number },
): IslandsOutcome {
  const lacking = finals.filter(({ values }) => values.includes(null)).map(({ arm }) => arm);
  if (lacking.length > 0) {
    const words = `not testable: ${lacking.join(', ')} without a score on some of the common cases`;
    return { verdict: 'not-testable', words };
  }
  const [first] = finals;
  if (finals.every(({ candidate }) => candidate === first?.candidate)) {
    const words = `not testable: at the smallest spend of all arms, ${atEvals} evaluations, every final was the same candidate`;
    return { verdict: 'not-testable', words };
  }
  const meansOf = (isIsland: boolean): readonly number[] =>
    finals
      .filter((final) => final.isIsland === isIsland)
      .map(({ values }) => mean(values.map((value) => orient(metric, value ?? Number.NaN))));
  const found = islandsFinding(meansOf(true), meansOf(false));
  const { verdict, difference, interval, p } = found;
  const scope = `at the budget of one island, ${atEvals} evaluations`;
  const words = processWords(found, { metric, scope });
  return {
    verdict,
    difference,
    ...(interval.every(Number.isFinite) ? { interval } : {}),
    ...(p === undefined ? {} : { p }),
    words,
  };
}
