/** A metric that is a time: what of the config it rules out, and what some of its keys mean for it. */
import { gainOfShare } from '../claims/orient.ts';
import type { AcceptanceRule } from '../claims/rule.ts';

/** As zod reports it. */
export interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

export interface TimeKeys {
  readonly language?: object | undefined;
  readonly workers?: number | undefined;
  readonly evaluator: {
    readonly metrics: readonly {
      readonly goal: 'min' | 'max';
      readonly kind?: 'time' | undefined;
      readonly role?: string | undefined;
    }[];
    readonly deterministic?: boolean | undefined;
    readonly warmup?: number | undefined;
    readonly answers?: string | undefined;
  };
  readonly rule: {
    readonly mode: AcceptanceRule['mode'];
    readonly smallestEffect?: number;
    readonly method?: string;
    readonly minEffect?: number | string;
  };
}

const DEFAULT_WARMUP = 1;

export function isTimed({ evaluator }: Pick<TimeKeys, 'evaluator'>): boolean {
  return evaluator.metrics.some(({ kind }) => kind === 'time');
}

export function isDeclaredDeterministic(keys: Pick<TimeKeys, 'evaluator'>): boolean {
  return keys.evaluator.deterministic ?? !isTimed(keys);
}

/** A command that prints answers one case: no run comes before it in its process. */
export function isProcessPerCase({ evaluator }: Pick<TimeKeys, 'evaluator'>): boolean {
  return evaluator.answers === 'printed';
}

/** Where each case has a process of its own, one before it warms nothing and doubles the time. */
export function warmupOf(keys: Pick<TimeKeys, 'evaluator'>): number {
  return keys.evaluator.warmup ?? (isProcessPerCase(keys) ? 0 : DEFAULT_WARMUP);
}

/** m of the rule, in what decisions see: of times a logged ratio. */
export function minEffectOf(keys: Pick<TimeKeys, 'evaluator' | 'rule'>): number {
  const amount = amountOf(keys.rule.minEffect ?? 0);
  return isTimed(keys) ? gainOfShare(amount) : amount;
}

function amountOf(minEffect: number | string): number {
  return typeof minEffect === 'number' ? minEffect : Number.parseFloat(minEffect) / 100;
}

export function ofTime(keys: TimeKeys): readonly Problem[] {
  return isTimed(keys) ? ofRunTimes(keys) : ofOtherMetrics(keys);
}

function ofOtherMetrics({ evaluator, rule }: TimeKeys): readonly Problem[] {
  const problems: Problem[] = [];
  if (evaluator.warmup !== undefined) {
    const message = 'only times are measured after a warm-up: add kind: time to the metric';
    problems.push({ path: ['evaluator', 'warmup'], message });
  }
  if (typeof rule.minEffect === 'string') {
    const message = 'a share is of a time: give a number in the unit of the metric';
    problems.push({ path: ['rule', 'minEffect'], message });
  }
  return problems;
}

const UNBOUNDED: ReadonlySet<string> = new Set(['symmetric', 't-mixture']);

function ofRunTimes({ evaluator, rule, language, workers = 1 }: TimeKeys): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (isWrong: boolean, path: Problem['path'], message: string): void => {
    if (isWrong) problems.push({ path, message });
  };
  refuse(
    evaluator.metrics.some(({ goal, kind }) => kind === 'time' && goal !== 'min'),
    ['evaluator', 'metrics'],
    'less time is better: write goal: min, and report times, not rates',
  );
  refuse(
    evaluator.deterministic === true,
    ['evaluator', 'deterministic'],
    'no clock repeats itself: leave it out for a metric of kind time',
  );
  refuse(
    language !== undefined,
    ['language'],
    'a forest is interpreted in process, which says nothing of its run time: search source files',
  );
  refuse(workers > 1, ['workers'], 'times are measured one at a time: leave it out');
  refuse(rule.mode === 'exact', ['rule', 'mode'], 'a time is never exact: write fwer or e-lond');
  refuse(
    rule.method !== undefined && !UNBOUNDED.has(rule.method),
    ['rule', 'method'],
    'times have no range and no pass rate: write symmetric or t-mixture',
  );
  refuse(
    amountOf(rule.minEffect ?? 0) >= 1,
    ['rule', 'minEffect'],
    'of a time it is the share to save, below 1: write for example 2 percent',
  );
  return problems;
}
