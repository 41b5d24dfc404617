/**
 * The end of a study of islands: the final of each island and of each control block, as it was at
 * the smallest spend of all, is measured on cases common to all of them.
 */
import { FINAL_CASES } from '../claims/islands.ts';
import type { Candidate } from '../core/candidate.ts';
import { isIslandArm, type Plan } from './plan.ts';
import { incumbentAt, type StudyState } from './state.ts';

export interface FinalStep {
  readonly do: 'final';
  readonly arm: string;
  readonly candidate: Candidate;
  readonly from: number;
  readonly take: number;
}

export type IslandsStep = FinalStep | { readonly do: 'judge-islands' };

/** What is still to be done of it; undefined when all is. */
export function islandsStep(plan: Plan, state: StudyState): IslandsStep | undefined {
  if (state.areIslandsJudged) return undefined;
  for (const { name: arm, candidate } of finalsOf(plan, state)) {
    const from = state.finals[arm]?.length ?? 0;
    const take = FINAL_CASES - from;
    if (take > 0) return { do: 'final', arm, candidate, from, take };
  }
  return { do: 'judge-islands' };
}

/** All arms have had this much: later incumbents do not count. */
export function commonSpend({ arms }: StudyState): number {
  return Math.min(...Object.values(arms).map(({ evals }) => evals));
}

export function finalsOf(plan: Plan, state: StudyState) {
  const atEvals = commonSpend(state);
  return Object.values(state.arms).map((arm) => ({
    name: arm.name,
    candidate: incumbentAt(arm, atEvals),
    isIsland: isIslandArm(plan.opened, arm.name),
  }));
}
