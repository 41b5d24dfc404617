/** People stop a study when they like: the chance of a false promotion must not depend on when. */
import type { Evaluator, MeasureRequest } from '../../evaluators/contract.ts';
import type { Plan } from '../../loop/plan.ts';
import type { Queue } from '../../queues/contract.ts';
import type { SimulatedPlan, SimulatedStudy } from './plan.ts';

/** Evaluations that a study takes per candidate (bench/results/errors.md): the stop falls anywhere in it. */
const TYPICAL_EVALUATIONS = 4;

/**
 * The same plan with somebody who stops its study at an evaluation drawn at random, whatever that is
 * for: a claim may be in the middle of its pairs.
 */
export function stoppedAtRandom(
  { plan, root }: SimulatedPlan,
  of: SimulatedStudy,
  stop: () => void,
): Plan {
  let left = 1 + root.stream(-1, 'somebody').int(TYPICAL_EVALUATIONS * of.candidates);
  const counted = <T extends Pick<Evaluator | Queue, 'measure'>>(machine: T): T => ({
    ...machine,
    measure(requests: readonly MeasureRequest[], signal: AbortSignal) {
      for (const { cases } of requests) left -= cases.length;
      if (left <= 0) stop();
      return machine.measure(requests, signal);
    },
  });
  return { ...plan, search: counted(plan.search), judge: counted(plan.judge) };
}
