/**
 * Guards: metrics that must not get worse by more than a margin while the objective gets better
 * (acceptance.md §1.4, non-inferiority gates). The same e-process with m = −M at the attempt's own
 * level; an acceptance needs every test to pass, which needs no correction (intersection–union).
 */
import { type EProcessSpec, logEValues, maxLogGrowth } from '../stats/e-process.ts';
import { differenceUnit, shortNumber } from './claim.ts';
import { brokenPromise, forTest, type PairedValues } from './pairs.ts';

/** Fixed and hashed with the rule. */
export interface GuardRule {
  readonly name: string;
  readonly goal: 'min' | 'max';
  readonly unit: string;
  /** M, metric units: how much worse still passes. */
  readonly margin: number;
  /** B: differences lie in [−B, B], and the test is of the mean (method C). Absent: method A. */
  readonly bound?: number;
}

/**
 * Oriented changes by pair, positive is better. −Infinity: the candidate has no score at all. NaN: the
 * incumbent has none, so nothing is learnt. Null: both were scored and the guard's value is missing,
 * which is unknown and can never pass.
 */
export type GuardChanges = readonly (number | null)[];

/** Changes of each guard, by its name. */
export type ChangesByGuard = Readonly<Record<string, GuardChanges>>;

export interface GuardFinding {
  readonly name: string;
  /** `open`: the attempt ended before this guard was decided. */
  readonly verdict: 'passed' | 'worse' | 'inconclusive' | 'open';
  /** The pair at which it was decided; all pairs while it is open. */
  readonly n: number;
  readonly spec: GuardSpec;
  /** log K of "not worse by more than M" at pair `n`. */
  readonly logE: number;
  /** Further pairs worth asking for at once; 0 when decided. */
  readonly take: number;
  /** What a person is told where it did not pass. */
  readonly why?: string;
}

interface GuardPairs {
  readonly objective: PairedValues;
  readonly guard: PairedValues;
}

/** `difference`: of two values both known, positive where the first is larger. */
export function guardChanges(
  { objective, guard }: GuardPairs,
  goal: GuardRule['goal'],
  difference: (a: number, b: number) => number = (a, b) => a - b,
): GuardChanges {
  return objective.values.map((scored, i) => {
    const isAgainstScored = (objective.againstValues[i] ?? null) !== null;
    if (!isAgainstScored) return Number.NaN;
    if (scored === null) return Number.NEGATIVE_INFINITY;
    const [ours, theirs] = [guard.values[i] ?? null, guard.againstValues[i] ?? null];
    if (ours === null || theirs === null) return null;
    return goal === 'max' ? difference(ours, theirs) : difference(theirs, ours);
  });
}

type GuardSpec = Extract<EProcessSpec, { readonly method: 'symmetric' | 'bounded' }>;

/** The scale is the first change's distance from the margin, so that the first pair bets on its sign. */
export function guardSpec({ margin, bound }: GuardRule, changes: GuardChanges): GuardSpec {
  if (bound !== undefined) return { method: 'bounded', bound, margin: -margin };
  const first = changes.find((one): one is number => one !== null && Number.isFinite(one));
  const scale = Math.abs((first ?? 0) + margin) || margin;
  return { method: 'symmetric', scale, margin: -margin };
}

/** Fixed before the first pair of the attempt. */
export interface GuardAttempt {
  readonly level: number;
  /** n_max of the attempt. */
  readonly limit: number;
}

/** Pairs asked for at once, as those of the objective are. */
const LEAST_REQUEST = 4;

/** Folds the changes in index order; the first decisive pair decides. */
export function guardFinding(
  guard: GuardRule,
  { level, limit }: GuardAttempt,
  changes: GuardChanges,
): GuardFinding {
  const { name } = guard;
  const spec = guardSpec(guard, changes);
  const growth = maxLogGrowth(spec);
  const needed = Math.log(1 / level);
  const used = changes.slice(0, limit);
  const passes = logEValues(
    spec,
    used.map((one) => tested(spec, one)),
  );
  const worsens = worsePath(spec, used);
  for (const [i, logE] of passes.entries()) {
    const n = i + 1;
    const decided = { name, spec, logE, n, take: 0 };
    const change = used[i] ?? null;
    if (change === null) return inconclusive(decided, ` has no value in pair ${n}`);
    if (brokenPromise(spec, change) !== undefined)
      return inconclusive(decided, ' changed by more than its bound');
    if (logE >= needed) return { ...decided, verdict: 'passed' };
    if ((worsens[i] ?? 0) >= needed)
      return { ...decided, verdict: 'worse', why: worseWords(guard) };
    if (n >= limit || needed - logE > (limit - n) * growth) return inconclusive(decided, '');
  }
  const n = passes.length;
  const logE = passes.at(-1) ?? 0;
  const fewest = Math.max(1, Math.ceil((needed - logE) / growth));
  const take = Math.min(limit - n, Math.max(fewest, LEAST_REQUEST));
  return { name, spec, logE, n, take, verdict: 'open' };
}

/** Where nothing is learnt the change stands at the margin, which moves no evidence either way. */
function tested(spec: GuardSpec, change: number | null): number {
  return change === null || Number.isNaN(change) ? spec.margin : forTest(spec, change);
}

/** The test turned around: evidence that it is worse by more than the margin. */
function worsePath(spec: GuardSpec, changes: GuardChanges): readonly number[] {
  const turned = { ...spec, margin: -spec.margin };
  return logEValues(
    turned,
    changes.map((one) => -tested(spec, one)),
  );
}

function inconclusive(
  decided: Omit<GuardFinding, 'verdict' | 'why'>,
  because: string,
): GuardFinding {
  return {
    ...decided,
    verdict: 'inconclusive',
    why: `inconclusive: guard ${decided.name}${because}`,
  };
}

export function worseWords({ name, margin, unit }: GuardRule): string {
  const size = `${shortNumber(margin)} ${differenceUnit(unit)}`.trim();
  return `guard ${name} is worse by more than its margin of ${size}`;
}

export interface ExactGuardFinding {
  readonly name: string;
  readonly verdict: 'passed' | 'worse' | 'inconclusive';
  /** Absent where a value is missing. */
  readonly effect?: number;
  readonly why?: string;
}

/** Of one exact pair: a change equal to the margin passes. */
export function exactGuardFinding(guard: GuardRule, changes: GuardChanges): ExactGuardFinding {
  const { name } = guard;
  const change = changes[0] ?? null;
  if (change === null || !Number.isFinite(change)) {
    const why = `inconclusive: the verifier gave no value of the guard ${name}`;
    return { name, verdict: 'inconclusive', why };
  }
  return change >= -guard.margin
    ? { name, verdict: 'passed', effect: change }
    : { name, verdict: 'worse', effect: change, why: worseWords(guard) };
}

/** What makes a guard one that could not be tested; undefined for a sound one. */
export function complaintAboutGuards(
  guards: readonly GuardRule[],
  isExact: boolean,
): string | undefined {
  const names = guards.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return `Two guards are named ${twice}; give each a metric of its own.`;
  for (const { name, margin, bound } of guards) {
    if (!Number.isFinite(margin) || margin < 0) {
      return `The margin of guard ${name} is ${margin}; give a size in metric units.`;
    }
    if (margin === 0 && !isExact) {
      return `The margin of guard ${name} is 0, which only something better could pass a test of; give the loss that you would accept.`;
    }
    if (bound === undefined) continue;
    if (isExact)
      return `Guard ${name} has a bound, which an exact comparison has no use for; remove it.`;
    if (!(bound > margin))
      return `The bound of guard ${name} must be above its margin of ${margin}.`;
  }
  return undefined;
}
