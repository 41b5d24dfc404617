/** The cascade of `evaluator.stages`: a rule, and a queue to an evaluator of its own, for each. */
import { availableParallelism } from 'node:os';
import type { StageRule } from '../claims/stages.ts';
import type { Stage } from '../loop/plan.ts';
import { slotsQueue } from '../queues/slots.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { buildEvaluator, type JudgeRequest } from './build-judge.ts';
import type { Config } from './config-schema.ts';

import { orClose, together } from './or-close.ts';

type StageConfig = NonNullable<Config['evaluator']['stages']>[number];

export function stageRule({ name, metric, threshold, cases }: StageConfig): StageRule {
  return { name, metric: metric.name, goal: metric.goal, threshold, cases };
}

export async function buildStages(
  request: JudgeRequest,
  kind: TaskKind,
): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  const slots = request.config.workers ?? availableParallelism();
  const listed = request.config.evaluator.stages ?? [];
  for (const [i, stage] of listed.entries()) {
    const { metric, timeout, params } = stage;
    const key = `evaluator.stages.${i}`;
    const given = { spec: stage, metric: metric.name, timeout, params, key };
    const built = together(stages.map(({ queue }) => queue));
    const evaluator = await orClose(built, () => buildEvaluator(request, kind, given));
    stages.push({ rule: stageRule(stage), queue: slotsQueue({ evaluator, slots }) });
  }
  return stages;
}
