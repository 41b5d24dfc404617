/** Carries out the end of a study of islands: measures the finals and records what they say. */
import { FINAL_CASES, judgeIslands } from '../claims/islands.ts';
import type { Candidate } from '../core/candidate.ts';
import type { EventDraft } from '../core/events.ts';
import type { Measured } from '../evaluators/contract.ts';
import { valueOf } from './block.ts';
import { commonSpend, type FinalStep, finalsOf } from './islands.ts';
import { BATCH_PAIRS, machineFailed, RETRIES } from './pairs.ts';
import type { Plan } from './plan.ts';
import type { StudyState } from './state.ts';

/** A case is the same for every arm, and used by nothing else. */
export async function measureFinal(
  plan: Plan,
  { arm, candidate, from, take }: FinalStep,
  signal: AbortSignal,
): Promise<EventDraft> {
  const cases = Array.from({ length: Math.min(take, BATCH_PAIRS) }, (_, i) =>
    plan.secretRoot.stream(-1, 'final', from + i).u32(),
  );
  const { cases: results } = await measuredWhole(plan, { candidate, cases, signal });
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

interface Asked {
  readonly candidate: Candidate;
  readonly cases: readonly number[];
  readonly signal: AbortSignal;
}

/** What the machine spoiled is measured again. */
async function measuredWhole(
  { judge }: Plan,
  { candidate, cases, signal }: Asked,
): Promise<Measured> {
  for (let attempt = 0; attempt <= RETRIES; attempt++) {
    const [measured] = await judge.measure([{ candidate, cases }], signal);
    const isSpoiled = measured?.cases.some(({ outcome }) => outcome === 'infra-error') ?? true;
    if (measured && !isSpoiled) return measured;
  }
  throw machineFailed({});
}

export function islandsDraft(plan: Plan, state: StudyState): EventDraft {
  const atEvals = commonSpend(state);
  const { metric } = plan.opened;
  const finals = finalsOf(plan, state);
  const measured = finals.map(({ name, isIsland }) => ({
    arm: name,
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
