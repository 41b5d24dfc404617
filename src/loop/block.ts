/**
 * One pair, measured: both sides on one case with nothing beside them, in an order that a fair coin
 * chose. Times have two runs a side, A B B A or B A A B: a machine that slows down at an even pace is
 * then equally slow to both, and an interruption counts half.
 */
import { levelOf } from '../claims/orient.ts';
import type { PairedValues } from '../claims/pairs.ts';
import type { EventBody } from '../core/events.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { mean } from '../stats/summary.ts';
import { isTimed, type Plan } from './plan.ts';

/** Of a plan, what is measured. */
type Measured = { readonly opened: Pick<Plan['opened'], 'metric'> };

type Side = 'ours' | 'theirs';

/** What one side of a pair came to, and the runs it is the level of. */
export interface Half {
  readonly result: CaseResult;
  readonly runs: readonly (number | null)[];
}

export type Block = Readonly<Record<Side, Half>>;

const ONCE: readonly Side[] = ['ours', 'theirs'];
const ABBA: readonly Side[] = ['ours', 'theirs', 'theirs', 'ours'];

/** A side that failed is not run again: one failure leaves it without a score. */
export async function measureBlock(
  plan: Measured,
  isOursFirst: boolean,
  run: (side: Side) => Promise<CaseResult>,
): Promise<Block> {
  const results: Record<Side, CaseResult[]> = { ours: [], theirs: [] };
  for (const slot of isTimed(plan) ? ABBA : ONCE) {
    const side = isOursFirst ? slot : otherThan(slot);
    const failed = results[side].some(({ outcome }) => outcome !== 'scored');
    if (!failed) results[side].push(await run(side));
  }
  return { ours: halfOf(plan, results.ours), theirs: halfOf(plan, results.theirs) };
}

function otherThan(side: Side): Side {
  return side === 'ours' ? 'theirs' : 'ours';
}

/** Of one run its value as it is; of several their level. */
export function halfOf(plan: Measured, results: readonly CaseResult[]): Half {
  const runs = results.map(valueOf);
  const [first] = results;
  const failed = results.find(({ outcome }) => outcome !== 'scored');
  if (first === undefined) throw new Error('a side without a run');
  if (failed !== undefined || results.length === 1) return { result: failed ?? first, runs };
  const value = levelOf(
    plan.opened.metric,
    runs.filter((one) => one !== null),
  );
  return { result: { outcome: 'scored', value, others: meansOf(results) }, runs };
}

/** Of the other metrics, as they are; one that a run did not give is unknown. */
function meansOf(results: readonly CaseResult[]): Readonly<Record<string, number>> {
  const all = results.map((result) => ('others' in result ? (result.others ?? {}) : {}));
  const names = Object.keys(all[0] ?? {}).filter((name) =>
    all.every((one) => Object.hasOwn(one, name)),
  );
  return Object.fromEntries(
    names.map((name) => [name, mean(all.map((one) => one[name] ?? Number.NaN))]),
  );
}

export function valueOf(result: CaseResult): number | null {
  return result.outcome === 'scored' ? result.value : null;
}

type Recorded = PairedValues & Pick<EventBody['measurement.recorded'], 'runs' | 'againstRuns'>;

/** Pairs as the ledger holds them: with their runs where a value is not simply one of them. */
export function pairsRecord(
  plan: Measured,
  ours: readonly Half[],
  theirs: readonly Half[],
): Recorded {
  const values = ours.map(({ result }) => valueOf(result));
  const againstValues = theirs.map(({ result }) => valueOf(result));
  if (!isTimed(plan)) return { values, againstValues };
  const runs = ours.map((half) => half.runs);
  const againstRuns = theirs.map((half) => half.runs);
  return { values, againstValues, runs, againstRuns };
}
