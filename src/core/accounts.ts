/**
 * Whose account an evaluation goes to. The noise floor, the block that sizes a gain and the sealed sets
 * say what may be claimed and find nothing, and no control pays for any of them: they are the study's.
 * An arm pays for what finds: references, stages, screens, probes and confirms (acceptance.md §4.3).
 */
import type { EventBody } from './events.ts';

/** Its studies charged everything to the search, which was then compared when it had found less. */
const ALL_TO_THE_SEARCH = 'paceline.fold/1';

export type Spent = EventBody['measurement.recorded']['purpose'] | 'floor' | 'holdout';

const OF_THE_CLAIMS: ReadonlySet<Spent> = new Set(['floor', 'block', 'holdout']);

interface Expense {
  readonly spent: Spent;
  readonly evals: number;
  /** As the study recorded it when it opened; absent where that entry is not seen. */
  readonly fold: string | undefined;
}

/** Once, and to whom it belongs. An arm that nobody knows pays nothing. */
export function charge(
  study: { claimEvals: number },
  arm: { evals: number } | undefined,
  { spent, evals, fold }: Expense,
): void {
  if (!isOfTheArm(spent, fold)) study.claimEvals += evals;
  else if (arm) arm.evals += evals;
}

export function isOfTheArm(spent: Spent, fold: string | undefined): boolean {
  return fold === ALL_TO_THE_SEARCH || !OF_THE_CLAIMS.has(spent);
}
