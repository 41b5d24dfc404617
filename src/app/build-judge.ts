/** Picks the evaluator whose values decide, from `evaluator.use`. */
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import { checkGenerator, commandEvaluator } from '../evaluators/command.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { functionEvaluator } from '../evaluators/function.ts';
import type { TaskKind } from '../tasks/contract.ts';
import type { Config } from './config-schema.ts';
import { workFolder } from './study-files.ts';
import { requirePath } from './task-files.ts';

export interface JudgeRequest {
  readonly id: string;
  readonly root: string;
  readonly config: Config;
}

/** The evaluator of the task, its generator checked first. */
export async function buildJudge(
  request: JudgeRequest,
  kind: TaskKind,
  seeds: RngRoot,
): Promise<Evaluator> {
  const { config, root, id } = request;
  const { evaluator } = config;
  const { generator } = config.splits;
  const options = {
    cwd: root,
    kind,
    metric: metricOf(config).name,
    params: evaluator.params,
    timeoutMs: evaluator.timeout,
    workDirectory: workFolder(root, id),
    ...(generator ? { generator } : {}),
  };
  if (generator) {
    const seedOf = (i: number): number => seeds.stream(-1, 'generator', i).u32();
    const probe = { argv: generator, cwd: root, timeoutMs: evaluator.timeout };
    await checkGenerator(probe, [seedOf(0), seedOf(1)], new AbortController().signal);
  }
  switch (evaluator.use) {
    case 'function': {
      const module = requirePath(root, evaluator.module, 'evaluator.module');
      return functionEvaluator({ ...options, module });
    }
    default:
      return commandEvaluator({ ...options, argv: evaluator.command });
  }
}

/** Files of the task that judge it, beside `surface.readonly`: a study goes on only while they are the same. */
export function judgeFiles({ evaluator }: Config): readonly string[] {
  const own = 'module' in evaluator ? [evaluator.module] : [];
  return [evaluator.interpreter, ...own];
}

export function metricOf(config: Config): EventBody['study.opened']['metric'] {
  const [metric] = config.evaluator.metrics;
  if (metric) return metric;
  throw new PacelineError(
    'CONFIG_INVALID',
    'evaluator.metrics is empty: name the one metric that decides.',
  );
}
