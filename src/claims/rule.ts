import { PacelineError } from '../core/errors.ts';
import { contentId, type Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { ErrorMode } from '../stats/online-testing.ts';
import { complaintAboutGuards, type GuardRule } from './guards.ts';
import type { StageRule } from './stages.ts';

/** How a study decides, fixed and hashed before the first trial. */
export type AcceptanceRule = SampledRule | ExactRule;

/**
 * For values that scatter over instances or runs: a claim is a test with an error budget. Metrics
 * arrive oriented: higher is better.
 */
export interface SampledRule {
  readonly id: 'paceline.rule/1';
  readonly mode: ErrorMode;
  /** Error budget of the whole study, in (0, 1). */
  readonly alpha: number;
  /** δ, the smallest effect worth finding, in σ of one evaluation. Costs and power follow from it. */
  readonly smallestEffect: number;
  /** m, in metric units: a claim says "better by more than m". */
  readonly minEffect: number;
  /** By metric type, never by data (acceptance.md §0). */
  readonly method: 'symmetric' | 'passfail' | 'bounded' | 't-mixture';
  /** B for `bounded`: differences lie in [−B, B], metric units. */
  readonly bound?: number;
  /** a of the Beta(a, a) prior of `passfail`. */
  readonly passfailPrior: number;
  /** Cheap stages before the screen, in order; absent means none. No stage decides a claim. */
  readonly stages?: readonly StageRule[];
  /** What must not get worse by more than a margin; absent means none. */
  readonly guards?: readonly GuardRule[];
}

/**
 * For one problem with one value: no instances, no noise, nothing to test (contracts.md, decision 28).
 * A second program decides; what it says is arithmetic and spends no error budget.
 */
export interface ExactRule {
  readonly id: 'paceline.rule/1';
  readonly mode: 'exact';
  /** Metric units. A gain must exceed it; evaluator and verifier may differ by it. */
  readonly tolerance: number;
  /** Of the verifier's command line and its files. */
  readonly verifier: Hash;
  /** There is no second program: the evaluator is run again, and its own faults stay unseen. */
  readonly isItself?: true;
  /** Compared in the verifier's values, each with its margin. */
  readonly guards?: readonly GuardRule[];
}

const DEFAULTS: SampledRule = {
  id: 'paceline.rule/1',
  mode: 'fwer',
  alpha: 0.05,
  smallestEffect: 2,
  minEffect: 0,
  method: 'symmetric',
  passfailPrior: 1,
};

/**
 * The default rule with some fields replaced.
 * @throws PacelineError `CONFIG_INVALID` for a rule that could not be applied.
 */
export function defaultRule(over: Partial<Omit<SampledRule, 'id'>> = {}): SampledRule {
  const rule = { ...DEFAULTS, ...over };
  const complaint = complaintAbout(rule);
  if (complaint !== undefined) throw new PacelineError('CONFIG_INVALID', complaint, {});
  return rule;
}

/** @throws PacelineError `CONFIG_INVALID` for a tolerance that is no size, or a guard that is none. */
export function exactRule(over: Omit<ExactRule, 'id' | 'mode'>): ExactRule {
  const { tolerance, guards = [] } = over;
  const isSize = Number.isFinite(tolerance) && tolerance >= 0;
  const complaint = isSize
    ? complaintAboutGuards(guards, true)
    : `rule.exact.tolerance is ${tolerance}; give a size in metric units, 0 or more.`;
  if (complaint === undefined) return { id: 'paceline.rule/1', mode: 'exact', ...over };
  throw new PacelineError('CONFIG_INVALID', complaint, {});
}

/** The screen counts an evaluation for 3.5 σ at most: planned for twice that, nothing could pass it. */
const LARGEST_EFFECT = 7;

function complaintAbout(rule: SampledRule): string | undefined {
  const { alpha, smallestEffect, method, bound, minEffect, passfailPrior } = rule;
  if (!(alpha > 0 && alpha < 1)) return `rule.alpha is ${alpha}; give a rate between 0 and 1.`;
  if (!(smallestEffect > 0 && smallestEffect <= LARGEST_EFFECT)) {
    return `rule.smallestEffect is ${smallestEffect}; give a positive number of standard deviations, at most ${LARGEST_EFFECT}.`;
  }
  if (!(passfailPrior > 0))
    return `rule.passfailPrior is ${passfailPrior}; give a positive number.`;
  if (method === 'bounded' && !(bound !== undefined && bound > Math.abs(minEffect))) {
    return 'rule.method is bounded: give rule.bound, the largest possible difference, above minEffect.';
  }
  if (method !== 'bounded' && bound !== undefined) {
    return `rule.bound has no meaning for method ${method}; remove it or set rule.method to bounded.`;
  }
  if (method === 'passfail' && !(Math.abs(minEffect) < 1)) {
    return `rule.minEffect is ${minEffect}; for pass/fail give a difference of pass rates below 1.`;
  }
  return complaintAboutStages(rule.stages ?? []) ?? complaintAboutGuards(rule.guards ?? [], false);
}

function complaintAboutStages(stages: readonly StageRule[]): string | undefined {
  const names = stages.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return `Two stages are named ${twice}; give each a name of its own.`;
  const odd = stages.find(({ threshold, cases }) => !Number.isFinite(threshold) || !(cases >= 1));
  if (odd) return `The stage ${odd.name} needs a finite threshold and at least one case.`;
  return undefined;
}

/** The rule as the ledger holds it; the round trip only drops undefined. */
export function ruleRecord(rule: AcceptanceRule): Json {
  return JSON.parse(JSON.stringify(rule)) as Json;
}

/** Only a rule that tests has stages. */
export function ruleStages(rule: AcceptanceRule | undefined): readonly StageRule[] {
  return rule === undefined || rule.mode === 'exact' ? [] : (rule.stages ?? []);
}

/** The stages of a recorded rule, whatever release wrote it. */
export function stagesOf(recorded: unknown): readonly unknown[] {
  const stages = (recorded as { readonly stages?: unknown } | null)?.stages;
  return Array.isArray(stages) ? stages : [];
}

/** What the ledger and every claim carry: the same rule, the same hash. */
export function ruleHash(rule: AcceptanceRule): Hash {
  return contentId(ruleRecord(rule));
}
