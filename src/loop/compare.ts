/** The end of a comparison: its fixed block of pairs becomes an interval and a sentence. */
import { compare, comparisonWords } from '../claims/comparison.ts';
import type { EventDraft } from '../core/events.ts';
import { COMPARISON_PAIRS, ORIGIN_COMPARISON, type Step } from './decide.ts';
import type { Plan } from './plan.ts';
import type { StudyState } from './state.ts';

type CompareStep = Extract<Step, { readonly do: 'compare' }>;

export function comparisonDraft(plan: Plan, state: StudyState, step: CompareStep): EventDraft {
  const pairs = (state.comparing[step.arm] ?? []).slice(0, COMPARISON_PAIRS);
  const found = compare(pairs);
  const isOrigin = step.arm === ORIGIN_COMPARISON;
  const { unit } = plan.opened.metric;
  return {
    type: 'arm.compared',
    actor: 'engine',
    body: {
      arm: step.arm,
      atEvals: step.atEvals,
      ours: step.ours.id,
      theirs: step.theirs.id,
      ...found,
      words: comparisonWords({ ...found, unit, isOrigin, pairs }),
    },
  };
}
