/** A claim about the tasks of one fixed set, and about no others: which side solved what the other did not. */
import { publicRoot } from '../core/rng.ts';
import { bootstrapMean } from '../stats/bootstrap.ts';
import { type Discordant, exactMcNemar } from '../stats/mcnemar.ts';

/** Two-sided. */
const ALPHA = 0.05;
/** With fewer tasks nothing is claimed, as with fewer seeds. */
export const FEWEST_TASKS = 12;

export interface TaskFinding {
  readonly verdict: 'helped' | 'hurt' | 'no-evidence' | 'not-testable';
  /** Share of tasks solved, first less second, percentage points. */
  readonly difference: number;
  /** 95 % percentile bootstrap over the tasks; it describes, the exact test decides. */
  readonly interval: readonly [number, number];
  /** Two-sided, exact (McNemar). */
  readonly p: number;
}

/** Tasks that only one side solved, of `of` that both were posed. Positive: the first is better. */
export function taskFinding({
  first,
  second,
  of,
}: Discordant & { readonly of: number }): TaskFinding {
  const p = exactMcNemar({ first, second });
  const pairs = Array.from({ length: of }, (_, at) =>
    at < first ? 100 : at < first + second ? -100 : 0,
  );
  const rng = publicRoot('claim by task').stream(first, String(second));
  const decided = p > ALPHA ? 'no-evidence' : first > second ? 'helped' : 'hurt';
  return {
    verdict: of < FEWEST_TASKS ? 'not-testable' : decided,
    difference: (100 * (first - second)) / Math.max(1, of),
    interval: of === 0 ? [-100, 100] : bootstrapMean(pairs, { rng }),
    p,
  };
}
