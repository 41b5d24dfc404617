/** The verdict of an attempt whose rule has guards: the objective's test and each guard's, together. */
import { mean } from '../stats/summary.ts';
import { type Attempt, type ConfirmVerdict, confirmVerdict, maxPairs } from './decide.ts';
import { type ExactVerdict, exactVerdict, type VerifiedPair } from './exact.ts';
import {
  type ChangesByGuard,
  type ExactGuardFinding,
  exactGuardFinding,
  type GuardFinding,
  guardFinding,
} from './guards.ts';
import type { Metric } from './orient.ts';
import { knownChanges } from './other-metrics.ts';
import type { ExactRule, SampledRule } from './rule.ts';

export interface GuardedVerdict extends ConfirmVerdict {
  /** The pair at which the objective's own test was decided; `logE` is of that pair. */
  readonly objectiveAt: number;
  readonly guards: readonly GuardFinding[];
}

/** Oriented differences of the objective and changes of the guards, by pair. */
export interface AttemptPairs {
  readonly differences: readonly number[];
  readonly guards: ChangesByGuard;
}

/**
 * Accepted once every test has passed; unconfirmed at the first pair at which one has failed. Whatever
 * was measured after that pair is ignored.
 */
export function guardedVerdict(
  rule: SampledRule,
  attempt: Attempt,
  pairs: AttemptPairs,
): GuardedVerdict {
  const all = testsOf(rule, attempt, pairs);
  const tests = [all.objective, ...all.guards];
  const failed = tests.filter(({ verdict }) => FAILED.has(verdict)).map(({ n }) => n);
  if (failed.length > 0) {
    const n = Math.min(...failed);
    const { objective, guards } = testsOf(rule, attempt, upTo(pairs, n));
    const why = whyOf([objective, ...guards]);
    const ended = { verdict: 'unconfirmed', take: 0, logE: objective.logE, n } as const;
    return { ...ended, objectiveAt: objective.n, guards, ...(why === undefined ? {} : { why }) };
  }
  const take = Math.max(...tests.map((test) => test.take));
  const n = Math.max(...tests.map((test) => test.n));
  const { objective, guards } = all;
  const verdict = take > 0 ? 'more' : 'accepted';
  return { verdict, take, logE: objective.logE, n, objectiveAt: objective.n, guards };
}

const FAILED: ReadonlySet<string> = new Set(['unconfirmed', 'worse', 'inconclusive']);

function testsOf(rule: SampledRule, attempt: Attempt, { differences, guards }: AttemptPairs) {
  const { level } = attempt;
  const limit = maxPairs(rule, level);
  return {
    objective: confirmVerdict(rule, attempt, differences),
    guards: (rule.guards ?? []).map((guard) =>
      guardFinding(guard, { level, limit }, guards[guard.name] ?? []),
    ),
  };
}

function upTo({ differences, guards }: AttemptPairs, n: number): AttemptPairs {
  const cut = Object.entries(guards).map(([name, changes]) => [name, changes.slice(0, n)]);
  return { differences: differences.slice(0, n), guards: Object.fromEntries(cut) };
}

/** What ended the attempt: a broken promise, every guard that did not pass. */
function whyOf(tests: readonly { readonly why?: string }[]): string | undefined {
  const reasons = tests.flatMap(({ why }) => (why === undefined ? [] : [why]));
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}

export interface GuardedExactVerdict extends ExactVerdict {
  readonly guards: readonly ExactGuardFinding[];
}

export function guardedExactVerdict(
  rule: ExactRule,
  { pair, guards: changes }: { readonly pair: VerifiedPair; readonly guards: ChangesByGuard },
  metric: Pick<Metric, 'goal'>,
): GuardedExactVerdict {
  const objective = exactVerdict(rule, pair, metric);
  const guards = (rule.guards ?? []).map((guard) =>
    exactGuardFinding(guard, changes[guard.name] ?? []),
  );
  const why = whyOf([objective, ...guards]);
  return why === undefined
    ? { ...objective, guards }
    : { ...objective, verdict: 'unconfirmed', why, guards };
}

/** The fields of `trial.confirmed` beside the verdict of the test: its reason, and what guards add. */
export function guardRecords(
  { guards, why, n, objectiveAt }: GuardedVerdict,
  changes: ChangesByGuard,
) {
  if (guards.length === 0) return why === undefined ? {} : { why };
  const records = guards.map(({ name, verdict, n: at, spec, logE }) => {
    const known = knownChanges((changes[name] ?? []).slice(0, at));
    const effect = known.length > 0 ? { effect: mean(known) } : {};
    return { name, verdict, n: at, spec, logE, ...effect };
  });
  return {
    ...(why === undefined ? {} : { why }),
    guards: records,
    ...(objectiveAt === n ? {} : { objectiveAt }),
  };
}

export function exactGuardRecords({ why, guards }: GuardedExactVerdict) {
  const records = guards.map(({ name, verdict, effect }) => ({
    name,
    verdict,
    n: effect === undefined ? 0 : 1,
    ...(effect === undefined ? {} : { effect }),
  }));
  return {
    ...(why === undefined ? {} : { why }),
    ...(records.length > 0 ? { guards: records } : {}),
  };
}
