/** Picks the evaluator whose values decide, from `evaluator.use`, and the sandbox it runs in. */
import { resolve } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import { checkGenerator, commandEvaluator } from '../evaluators/command.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { functionEvaluator } from '../evaluators/function.ts';
import { checkPython, pythonEvaluate } from '../evaluators/python-evaluate.ts';
import type { Limits, Sandbox } from '../sandboxes/contract.ts';
import { processSandbox } from '../sandboxes/process.ts';
import type { TaskKind } from '../tasks/contract.ts';
import type { Config } from './config-schema.ts';
import { orClose } from './or-close.ts';
import { workFolder } from './study-files.ts';
import type { Surface } from './surface.ts';
import { requirePath } from './task-files.ts';

export interface JudgeRequest {
  readonly id: string;
  readonly root: string;
  readonly config: Config;
  readonly surface: Surface;
}

/** The evaluator of the task, its generator checked first, and where it runs: closed together. */
export async function buildJudge(
  request: JudgeRequest,
  kind: TaskKind,
  seeds: RngRoot,
): Promise<Evaluator> {
  const sandbox = processSandbox({ scope: workFolder(request.root, request.id) });
  const evaluator = await orClose(sandbox, async () => {
    await checkTask(request, sandbox, seeds);
    return evaluatorOf(request, sandbox, kind);
  });
  return {
    ...evaluator,
    async close() {
      await evaluator.close();
      await sandbox.close();
    },
  };
}

/** @throws PacelineError for limits, a generator or an interpreter that cannot be used. */
async function checkTask(
  { config, root }: JudgeRequest,
  sandbox: Sandbox,
  seeds: RngRoot,
): Promise<void> {
  const { evaluator } = config;
  const { generator } = config.splits;
  const never = new AbortController().signal;
  if (evaluator.use === 'python-evaluate') refuseInstances(generator);
  sandbox.check(limitsOf(config));
  if (generator) {
    const seedOf = (i: number): number => seeds.stream(-1, 'generator', i).u32();
    const probe = { argv: generator, cwd: root, timeoutMs: evaluator.timeout, sandbox };
    await checkGenerator(probe, [seedOf(0), seedOf(1)], never);
  }
  if (evaluator.use === 'python-evaluate') {
    await checkPython({ python: evaluator.python, cwd: root, sandbox }, never);
  }
}

function evaluatorOf(
  { config, root, id, surface }: JudgeRequest,
  sandbox: Sandbox,
  kind: TaskKind,
): Evaluator {
  const { evaluator } = config;
  const { generator } = config.splits;
  const options = {
    cwd: root,
    kind,
    sandbox,
    metric: metricOf(config).name,
    params: evaluator.params,
    deterministic: evaluator.deterministic,
    limits: limitsOf(config),
    workDirectory: workFolder(root, id),
    ownFiles: judgeFiles(config, surface).map((entry) => resolve(root, entry)),
    beside: surface.include.map((name) => ({ name, path: resolve(root, name) })),
    ...(generator ? { generator } : {}),
  };
  switch (evaluator.use) {
    case 'function': {
      const module = requirePath(root, evaluator.module, 'evaluator.module');
      return functionEvaluator({ ...options, module });
    }
    case 'python-evaluate': {
      const { python } = evaluator;
      const module = requirePath(root, evaluator.module, 'evaluator.module');
      const program = programOf(kind, surface);
      return pythonEvaluate({ ...options, module, program, python });
    }
    default:
      return commandEvaluator({
        ...options,
        argv: evaluator.command,
        startIn: evaluator.cwd === 'candidate' ? 'candidate' : 'cwd',
      });
  }
}

/** An answer of one line per case is far below. */
const DEFAULT_OUTPUT_BYTES = 1024 * 1024;

function limitsOf({ evaluator }: Config): Limits {
  const { cpu, memory, output = DEFAULT_OUTPUT_BYTES, file } = evaluator.limits ?? {};
  return {
    wallMs: evaluator.timeout,
    outputBytes: output,
    ...(cpu === undefined ? {} : { cpuMs: cpu }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(file === undefined ? {} : { fileBytes: file }),
  };
}

function refuseInstances(generator: readonly string[] | undefined): void {
  if (generator === undefined) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    'splits.generator makes instances, which evaluate(program_path) has no way to receive. Leave it out and let the evaluator read PACELINE_SEED, or use: command.',
  );
}

/** `evaluate` gets the path of one file: where several are editable nothing says which. */
function programOf(kind: TaskKind, { edit }: Surface): string {
  const [program, ...others] = Object.keys(kind.materialise(kind.fromFiles(edit)));
  if (program !== undefined && (others.length === 0 || Object.keys(edit).length === 1))
    return program;
  throw new PacelineError(
    'CONFIG_INVALID',
    'python-evaluate hands one program to evaluate(program_path), but surface.edit matches several files. Name the one it loads and put the others under surface.include.',
    { files: Object.keys(edit) },
  );
}

/** Files and folders of the task that judge or stand beside: a study goes on only while they are the same. */
export function judgeFiles(
  { evaluator }: Config,
  { readonly, include }: Surface,
): readonly string[] {
  const own = 'module' in evaluator ? [evaluator.module] : [];
  const interpreter = evaluator.interpreter === undefined ? [] : [evaluator.interpreter];
  return [...readonly, ...include, ...interpreter, ...own];
}

export function metricOf(config: Config): EventBody['study.opened']['metric'] {
  const [metric] = config.evaluator.metrics;
  if (metric) return metric;
  throw new PacelineError(
    'CONFIG_INVALID',
    'evaluator.metrics is empty: name the one metric that decides.',
  );
}
