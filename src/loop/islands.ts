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

/**
 * What is still to be done of it; undefined when all is. Every final is measured on a case before any
 * is on the next, in an order drawn for each round: a machine that drifts would otherwise set the
 * blocks, which come last, apart from the islands (acceptance.md §7, 11).
 */
export function islandsStep(plan: Plan, state: StudyState): IslandsStep | undefined {
  if (state.areIslandsJudged) return undefined;
  const done = (arm: string): number => state.finals[arm]?.length ?? 0;
  const finals = finalsOf(plan, state);
  const from = Math.min(...finals.map(({ name }) => done(name)));
  if (from >= FINAL_CASES) return { do: 'judge-islands' };
  const order = plan.secretRoot.stream(-1, 'order:final', from);
  const places = finals.map((final) => ({ ...final, place: order.u32() }));
  const [next] = places.filter(({ name }) => done(name) === from).sort((a, b) => a.place - b.place);
  if (next === undefined) throw new Error('a round of finals without one that is due');
  const { name: arm, candidate } = next;
  return { do: 'final', arm, candidate, from, take: FINAL_CASES - from };
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
