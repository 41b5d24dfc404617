/** Is one of two better, seed by seed? A claim by the rule of paired runs, and never over fewer than twelve seeds. */
import { recordText, type WonAndLost, wonAndLost } from '../stats/won-and-lost.ts';
import {
  MOST_FIXED_PAIRS,
  type ProcessFinding,
  pairedFinding,
  processWords,
  sequentialFinding,
} from './process.ts';

/** With fewer nothing is claimed: six seeds gave a figure of .05 that was the noise of one task (recursion.md §4). */
export const FEWEST_SEEDS = 12;

/** Whom a claim is about. */
export interface Sides {
  /** `first − second on unseen cells`: what the difference is of. */
  readonly subject: string;
  readonly helped: string;
  readonly hurt: string;
}

/** @param on Where, as in `on unseen cells`; absent where the text around says it. */
export function sidesOf(first: string, second: string, on?: string): Sides {
  const where = on === undefined ? '' : ` on ${on}`;
  return {
    subject: `${first} − ${second}${where}`,
    helped: `${first} beats ${second}${where}`,
    hurt: `${first} is worse than ${second}${where}`,
  };
}

export interface ClaimOverSeeds extends WonAndLost {
  /** Mean, percentage points. */
  readonly difference: number;
  /** Each side misses with probability ≤ 5 %; infinite where there are too few. */
  readonly interval: readonly [number, number];
  /** Absent below `FEWEST_SEEDS`. */
  readonly finding?: ProcessFinding;
  readonly words: string;
}

/**
 * @param pairs First less second, one for each seed, percentage points; their number was fixed beforehand, or they
 *   are judged one after another where there are more than signs can be counted for.
 * @param shown Interval that words under twelve seeds name, where another than the claim's is shown beside them.
 */
export function claimOverSeeds(
  pairs: readonly number[],
  sides: Sides,
  shown?: readonly [number, number],
): ClaimOverSeeds {
  const record = wonAndLost(pairs);
  const { n } = record;
  const finding = n <= MOST_FIXED_PAIRS ? pairedFinding(pairs) : sequentialFinding(pairs);
  const { difference, interval } = finding;
  const common = { ...record, difference, interval };
  if (n < FEWEST_SEEDS) {
    const size = `${signedPoints(difference)} points [${(shown ?? interval).map(signedPoints).join(', ')}]`;
    const words = `no claim under ${FEWEST_SEEDS} seeds: ${sides.subject} ${size}, ${n} ${n === 1 ? 'seed' : 'seeds'}, ${recordText(record)}`;
    return { ...common, words };
  }
  const scope = `over ${n} seeds, ${recordText(record)}`;
  const words = processWords(finding, { metric: { unit: 'percent' }, scope, said: sides });
  const whom = finding.verdict === 'no-evidence' ? `${sides.subject}, ${scope}: ` : '';
  return { ...common, finding, words: `${whom}${words}` };
}

/** `+1.5`, `−0.3`, `−∞`. */
export function signedPoints(points: number): string {
  const size = Math.abs(points);
  return `${points < 0 ? '−' : '+'}${Number.isFinite(points) ? size.toFixed(1) : '∞'}`;
}
