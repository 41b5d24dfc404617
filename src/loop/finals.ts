/** Carries out the end of a study of islands: measures the finals and records what they say. */
import { FINAL_CASES, judgeIslands } from '../claims/islands.ts';
import type { EventDraft } from '../core/events.ts';
import { valueOf } from './block.ts';
import { commonSpend, type FinalStep, finalsOf } from './islands.ts';
import { BATCH_PAIRS, measuredAlone } from './pairs.ts';
import type { Plan } from './plan.ts';
import type { StudyState } from './state.ts';

/** A case is the same for every arm, and used by nothing else. */
export async function measureFinal(
  plan: Plan,
  { arm, candidate, from, take }: FinalStep,
  { deterministic, signal }: { readonly deterministic: boolean; readonly signal: AbortSignal },
): Promise<EventDraft> {
  const most = deterministic ? BATCH_PAIRS : 1;
  const cases = Array.from({ length: Math.min(take, most) }, (_, i) =>
    plan.secretRoot.stream(-1, 'final', from + i).u32(),
  );
  const results = await measuredAlone(plan, { candidate, cases }, { signal });
  return {
    type: 'measurement.recorded',
    actor: 'engine',
    body: {
      purpose: 'final',
      arm,
      candidate: candidate.id,
      from,
      cases,
      values: results.map(valueOf),
    },
  };
}

export function islandsDraft(plan: Plan, state: StudyState): EventDraft {
  const atEvals = commonSpend(state);
  const { metric } = plan.opened;
  const finals = finalsOf(plan, state);
  const measured = finals.map(({ name, candidate, isIsland }) => ({
    arm: name,
    candidate: candidate.id,
    isIsland,
    values: state.finals[name] ?? [],
  }));
  return {
    type: 'islands.compared',
    actor: 'engine',
    body: {
      atEvals,
      finals: finals.map(({ name, candidate }) => ({ arm: name, candidate: candidate.id })),
      n: FINAL_CASES,
      ...judgeIslands(measured, { metric, atEvals }),
    },
  };
}
