/** Picks the evaluator whose values decide, from `evaluator.use`. */
import { basename, resolve } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import { checkGenerator, commandEvaluator } from '../evaluators/command.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { functionEvaluator } from '../evaluators/function.ts';
import { checkPython, pythonEvaluate } from '../evaluators/python-evaluate.ts';
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
    ownFiles: [...config.surface.readonly, ...judgeFiles(config)].map((entry) =>
      resolve(root, entry.replace(/\/\*\*$/, '')),
    ),
    ...(generator ? { generator } : {}),
  };
  if (evaluator.use === 'python-evaluate') refuseInstances(generator);
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
    case 'python-evaluate': {
      const { python } = evaluator;
      await checkPython({ python, cwd: root }, new AbortController().signal);
      const module = requirePath(root, evaluator.module, 'evaluator.module');
      const program = basename(config.surface.edit[0] ?? '');
      return pythonEvaluate({ ...options, module, program, python });
    }
    default:
      return commandEvaluator({ ...options, argv: evaluator.command });
  }
}

function refuseInstances(generator: readonly string[] | undefined): void {
  if (generator === undefined) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    'splits.generator makes instances, which evaluate(program_path) has no way to receive. Leave it out and let the evaluator read PACELINE_SEED, or use: command.',
  );
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
