/** The evaluator of improvers: short studies in threads, of the training families of a folder. */
import { availableParallelism } from 'node:os';
import type { Evaluator } from '../evaluators/contract.ts';
import { innerStudyEvaluator } from '../evaluators/inner-study.ts';
import type { Config } from './config-schema.ts';
import { threadStudies } from './improver-gp/study-thread.ts';
import { requirePath } from './task-files.ts';

export interface InnerStudySpec {
  readonly use: 'inner-study';
  /** Folder of the families. */
  readonly tasks: string;
  readonly steps: readonly number[];
}

interface Request {
  readonly task: string;
  readonly config: Pick<Config, 'evaluator' | 'workers'>;
}

/** Thousands of times what a study takes: it ends what would not end, and decides nothing else. */
const DEFAULT_CPU_MS = 30_000;

/** @throws PacelineError CONFIG_INVALID for a folder without usable families. */
export async function buildInnerStudy(
  { task, config }: Request,
  { tasks, steps }: InnerStudySpec,
): Promise<Evaluator> {
  const { timeout, limits } = config.evaluator;
  const cpuMs = limits?.cpu ?? DEFAULT_CPU_MS;
  const runner = await threadStudies({
    folder: requirePath(task, tasks, 'evaluator.tasks'),
    limitMs: timeout,
    threads: config.workers ?? availableParallelism(),
  });
  return innerStudyEvaluator({ runner, budgets: steps.map((one) => ({ steps: one, cpuMs })) });
}
