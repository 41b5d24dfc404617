/** What the readings of a comparison say: the table, and a claim for each line. `verify` derives it again. */
import { claimOverSeeds, sidesOf } from '../../../claims/by-seed.ts';
import { FEWEST_TASKS, type TaskFinding, taskFinding } from '../../../claims/by-task.ts';
import type { ProcessFinding } from '../../../claims/process.ts';
import {
  cutsOf,
  discordant,
  type FamilyRow,
  familyTable,
  type LineSummary,
  pairsOf,
  type SeedReadings,
  summaryOf,
} from '../../../improver/comparison.ts';
import type { ComparisonPlan } from './plan.ts';

export interface Against {
  readonly against: string;
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Seeds, or tasks of a set that is drawn once. */
  readonly n: number;
  readonly wins: number;
  readonly losses: number;
  /** Absent below twelve, and where budgets were not the same. */
  readonly finding?: ProcessFinding | TaskFinding;
  readonly words: string;
}

export interface Findings {
  readonly lines: readonly (LineSummary & { readonly about: string })[];
  readonly families: readonly FamilyRow[];
  /** The second against the first, and against every other line. */
  readonly claims: readonly Against[];
}

export function findingsOf(plan: ComparisonPlan, seeds: readonly SeedReadings[]): Findings {
  const { first, second, beside } = plan;
  const against = plan.pairs === 'task' ? againstByTask : againstBySeed;
  return {
    lines: [first, second, ...beside].map(({ line, about }) => ({
      ...summaryOf(seeds, line),
      about,
    })),
    families: familyTable(seeds),
    claims: [first, ...beside].map(
      (other) => unequal(seeds, second.line, other.line) ?? against(seeds, second.line, other.line),
    ),
  };
}

/** A search that memory ended had less than the budget: no claim rests on it. */
function unequal(seeds: readonly SeedReadings[], one: string, other: string): Against | undefined {
  const [cut] = [other, one].filter((line) => cutsOf(seeds, line).seeds > 0);
  if (cut === undefined) return undefined;
  const { finding: _, ...said } = againstBySeed(seeds, one, other);
  const { seeds: count, share } = cutsOf(seeds, cut);
  return {
    ...said,
    words: `no claim against ${other}: memory ended the search of ${cut} on ${count} of ${seeds.length} seeds, with ${Math.round(100 * share)} % of its budget spent, so budgets were not the same`,
  };
}

const againstBySeed = (seeds: readonly SeedReadings[], one: string, other: string): Against => ({
  against: other,
  ...claimOverSeeds(pairsOf(seeds, one, other), sidesOf(one, other)),
});

/** The tasks are drawn once: they are the pairs, and the sentence is about them. */
function againstByTask(seeds: readonly SeedReadings[], one: string, other: string): Against {
  const { first, second, of } = discordant(seeds, one, other);
  const finding = taskFinding({ first, second, of });
  const { verdict, difference, interval, p } = finding;
  const said = { against: other, difference, interval, n: of, wins: first, losses: second };
  if (verdict === 'not-testable')
    return { ...said, words: `no claim under ${FEWEST_TASKS} tasks: ${of} here` };
  const what = {
    helped: `${one} solves more than ${other}`,
    hurt: `${one} solves less than ${other}`,
    'no-evidence': `${one} − ${other}: no evidence`,
  }[verdict];
  const words = `${what}: ${first} tasks that only the one solves, ${second} that only the other does, of ${of} (exact McNemar, p ${p.toPrecision(2)}; ${difference.toFixed(1)} points [${interval.map((end) => end.toFixed(1)).join(', ')}]); nothing is said of other tasks`;
  return { ...said, finding, words };
}
