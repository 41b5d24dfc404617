/** The end of a comparison: its fixed block of pairs becomes an interval and a sentence. */
import { compare, comparisonWords } from '../claims/comparison.ts';
import { compareExact, exactWords } from '../claims/exact.ts';
import type { Metric } from '../claims/orient.ts';
import type { AcceptanceRule } from '../claims/rule.ts';
import type { EventDraft } from '../core/events.ts';
import { comparisonPairs, ORIGIN_COMPARISON, type Step } from './decide.ts';
import type { Plan } from './plan.ts';
import type { StudyState } from './state.ts';

type CompareStep = Extract<Step, { readonly do: 'compare' }>;

export function comparisonDraft(plan: Plan, state: StudyState, step: CompareStep): EventDraft {
  const pairs = (state.comparing[step.arm] ?? []).slice(0, comparisonPairs(plan));
  const isOrigin = step.arm === ORIGIN_COMPARISON;
  const { metric } = plan.opened;
  return {
    type: 'arm.compared',
    actor: 'engine',
    body: {
      arm: step.arm,
      atEvals: step.atEvals,
      ours: step.ours.id,
      theirs: step.theirs.id,
      ...finding(plan.rule, { pairs, metric, isOrigin }),
    },
  };
}

interface Asked {
  readonly pairs: readonly number[];
  readonly metric: Metric;
  readonly isOrigin: boolean;
}

function finding(rule: AcceptanceRule, asked: Asked) {
  if (rule.mode !== 'exact') {
    const found = compare(asked.pairs);
    return { ...found, words: comparisonWords({ ...found, ...asked }) };
  }
  const { tolerance, isItself } = rule;
  const found = compareExact(rule, asked.pairs);
  return { ...found, tolerance, words: exactWords({ ...found, ...asked, tolerance, isItself }) };
}
