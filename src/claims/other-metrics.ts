/** Metrics beside the objective: guards, which can stop an acceptance, and those that are only shown. */
import { blockInterval } from '../stats/block.ts';
import { decimalDifference } from '../stats/decimal.ts';
import { BLOCK_LEVEL } from './decide.ts';
import { type ChangesByGuard, type GuardChanges, type GuardRule, guardChanges } from './guards.ts';
import type { PairedValues } from './pairs.ts';

export interface OtherMetric {
  readonly name: string;
  readonly goal: 'min' | 'max';
  readonly unit: string;
  /** Of a guard: how much worse still passes. */
  readonly margin?: number;
}

/** In the order in which they are recorded: guards first. */
export function otherMetrics(
  rule: { readonly guards?: readonly GuardRule[] } | undefined,
  info: readonly OtherMetric[] = [],
): readonly OtherMetric[] {
  return [...(rule?.guards ?? []), ...info];
}

interface RecordedPairs extends PairedValues {
  readonly others?: readonly (PairedValues & { readonly name: string })[] | undefined;
}

/** Adds the changes of newly recorded pairs; a metric that was not recorded is unknown in all of them. */
export function withChanges(
  known: ChangesByGuard,
  pairs: RecordedPairs,
  { metrics, isExact }: { readonly metrics: readonly OtherMetric[]; readonly isExact: boolean },
): ChangesByGuard {
  const difference = isExact ? decimalDifference : undefined;
  const entries = metrics.map(({ name, goal }) => {
    const guard = pairs.others?.find((one) => one.name === name) ?? NOTHING;
    const changes = guardChanges({ objective: pairs, guard }, goal, difference);
    return [name, [...(known[name] ?? []), ...changes]] as const;
  });
  return Object.fromEntries(entries);
}

const NOTHING: PairedValues = { values: [], againstValues: [] };

export interface OtherGain {
  readonly name: string;
  /** Pairs in which the change is known. */
  readonly n: number;
  /** Oriented mean; absent where fewer than two pairs could give it an interval. */
  readonly effect?: number | undefined;
  /** Absent beside an effect: exact. */
  readonly interval?: readonly [number, number] | undefined;
}

/** Over a block whose size was fixed before its first pair, as the objective's gain. */
export function otherGains(
  metrics: readonly OtherMetric[],
  block: ChangesByGuard,
): readonly OtherGain[] {
  return metrics.map(({ name }) => {
    const changes = knownChanges(block[name] ?? []);
    const n = changes.length;
    if (n < 2) return { name, n };
    const { mean: effect, lower, upper } = blockInterval(changes, BLOCK_LEVEL);
    return { name, n, effect, interval: [lower, upper] };
  });
}

/** Of one exact pair. */
export function exactGains(
  metrics: readonly OtherMetric[],
  pair: ChangesByGuard,
): readonly OtherGain[] {
  return metrics.map(({ name }) => {
    const [effect] = knownChanges(pair[name] ?? []);
    return effect === undefined ? { name, n: 0 } : { name, n: 1, effect };
  });
}

export function knownChanges(changes: GuardChanges): number[] {
  return changes.filter((one): one is number => one !== null && Number.isFinite(one));
}
