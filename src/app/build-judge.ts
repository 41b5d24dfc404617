/** Picks the evaluator whose values decide, from `evaluator.use`, and the sandbox it runs in. */
import { join, relative, resolve } from 'node:path';
import type { GuardRule } from '../claims/guards.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import { checkGenerator, commandEvaluator } from '../evaluators/command.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { functionEvaluator } from '../evaluators/function.ts';
import { checkPython, pythonEvaluate } from '../evaluators/python-evaluate.ts';
import { splitEvaluator } from '../evaluators/split.ts';
import { timedEvaluator } from '../evaluators/timed.ts';
import type { Enforcement, Limits, Sandbox } from '../sandboxes/contract.ts';
import { coreEnforcement, oneCore as oneCoreHere } from '../sandboxes/runner/one-core.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { besideOf, installed, programsOf } from './beside.ts';
import { buildInnerStudy, type InnerStudySpec } from './build-inner-study.ts';
import type { Config } from './config-schema.ts';
import { isDeclaredDeterministic, isTimed, warmupOf } from './config-time.ts';
import { claimCore } from './core-claim.ts';
import { HIDDEN } from './hidden.ts';
import type { Jail } from './jail/choose.ts';
import { orClose } from './or-close.ts';
import { type SplitSpec, splitParts } from './split-parts.ts';
import { workFolder } from './study-files.ts';
import type { Surface } from './surface.ts';
import { filesNamed, requirePath } from './task-files.ts';

export interface JudgeRequest {
  readonly id: string;
  readonly root: string;
  /** Where the task's files lie (task-folder.ts). */
  readonly task: string;
  readonly config: Config;
  readonly surface: Surface;
  /** Where all of the task's programs run. */
  readonly jail: Pick<Jail, 'open'>;
}

/** How a program that scores is run: what `evaluator` and each of its stages say. */
export type EvaluatorSpec =
  | {
      readonly use?: 'command' | undefined;
      readonly command: readonly string[];
      readonly cwd: 'root' | 'candidate';
      readonly answers?: 'channel' | 'printed' | undefined;
    }
  | { readonly use: 'function'; readonly module: string }
  | SplitSpec
  | InnerStudySpec
  | {
      readonly use: 'python-evaluate';
      readonly module: string;
      readonly python: string;
      readonly function: string;
      readonly mean?: { readonly except: readonly string[] } | undefined;
    };

/** One evaluator: what runs, and what it is asked for. */
export interface Wanted {
  readonly spec: EvaluatorSpec;
  readonly metric: string;
  /** The metrics that are recorded beside it; absent: none. */
  readonly others?: readonly string[];
  readonly timeout: number;
  readonly params: Config['evaluator']['params'];
  /** As declared; the noise floor checks it. */
  readonly deterministic?: boolean;
  /** Its processes are held to one core, where that can be had. */
  readonly oneCore?: boolean;
  /** Where in the config it stands. */
  readonly key: string;
  /** Files it consists of besides those that judge. */
  readonly files?: readonly string[];
}

/** The evaluator of the task, its generator checked first. */
export async function buildJudge(
  request: JudgeRequest,
  kind: TaskKind,
  seeds: RngRoot,
): Promise<Evaluator> {
  const { config, root, task, id } = request;
  const { evaluator } = config;
  const { generator } = config.splits;
  refuseInexact(config);
  if (generator) {
    if (evaluator.use === 'python-evaluate') refuseInstances(generator);
    const seedOf = (i: number): number => seeds.stream(-1, 'generator', i).u32();
    const sandbox = request.jail.open(workFolder(root, id));
    const seen = visible(request);
    const probe = { argv: generator, cwd: task, timeoutMs: evaluator.timeout, sandbox, ...seen };
    const check = checkGenerator(probe, [seedOf(0), seedOf(1)], new AbortController().signal);
    await check.finally(() => sandbox.close());
  }
  if (evaluator.use === 'inner-study') return buildInnerStudy(request, evaluator);
  const wanted = wantedOf(config);
  const judge = await buildEvaluator(request, kind, wanted);
  if (!wanted.oneCore) return judge;
  const timed = timedEvaluator({ evaluator: judge, warmup: warmupOf(config) });
  return claiming(timed, coreEnforcement(oneCoreHere()));
}

function wantedOf(config: Config): Wanted & { readonly oneCore: boolean } {
  const { evaluator } = config;
  return {
    spec: evaluator,
    metric: metricOf(config).name,
    others: othersIn(config),
    timeout: evaluator.timeout,
    params: evaluator.params,
    deterministic: isDeclaredDeterministic(config),
    oneCore: isTimed(config),
    key: 'evaluator',
  };
}

/**
 * The evaluator of the task in a sandbox that the caller closes; of times without the discarded runs before each.
 * `mostAhead`: see `SplitOptions`.
 */
export function judgeIn(
  request: JudgeRequest,
  placed: { readonly kind: TaskKind; readonly sandbox: Sandbox; readonly mostAhead?: number },
): Evaluator {
  return evaluatorOf(request, { ...wantedOf(request.config), ...placed });
}

/** A start looks more than once. */
let isToldOfOthers = false;

/** Holds the core, or says that somebody else does, for as long as it measures. */
async function claiming(evaluator: Evaluator, core: Enforcement): Promise<Evaluator> {
  if (!('how' in core)) return evaluator;
  const { isAlone, release } = await claimCore(core.how);
  if (!isAlone && !isToldOfOthers) {
    isToldOfOthers = true;
    const words = `Another study of run times is under way on this machine, ${core.how} like this one: each finds the other's noise, and gains are harder to show. Let one wait.`;
    process.emitWarning(words, 'Paceline');
  }
  return {
    ...evaluator,
    async close() {
      release();
      await evaluator.close();
    },
  };
}

/**
 * An evaluator and where it runs: closed together.
 * @throws PacelineError for limits, a module or an interpreter that cannot be used.
 */
export async function buildEvaluator(
  request: JudgeRequest,
  kind: TaskKind,
  wanted: Wanted,
): Promise<Evaluator> {
  const { config, root, task, id } = request;
  const sandbox = request.jail.open(workFolder(root, id));
  const evaluator = await orClose(sandbox, async () => {
    const { spec } = wanted;
    sandbox.check(limitsOf(config, spec, wanted.timeout));
    const never = new AbortController().signal;
    if (spec.use === 'python-evaluate') {
      refuseInstances(config.splits.generator);
      await checkPython({ python: spec.python, cwd: task, sandbox }, never);
    }
    if (spec.use === 'split' && spec.solver.endsWith('.py')) {
      await checkPython({ python: spec.python ?? 'python3', cwd: task, sandbox }, never);
    }
    return evaluatorOf(request, { kind, sandbox, ...wanted });
  });
  return {
    ...evaluator,
    async close() {
      await evaluator.close();
      await sandbox.close();
    },
  };
}

type Placed = Wanted & {
  readonly kind: TaskKind;
  readonly sandbox: Sandbox;
  readonly mostAhead?: number;
};

function evaluatorOf({ config, root, task, id, surface }: JudgeRequest, placed: Placed): Evaluator {
  const { spec, key, timeout, metric, others = [], params, kind, sandbox, files = [] } = placed;
  const { deterministic = true, oneCore = false } = placed;
  const canShow = spec.use !== 'split' && sandbox.traits.showsElsewhere;
  const { generator } = config.splits;
  const options = {
    cwd: task,
    kind,
    sandbox,
    metric,
    others,
    params,
    deterministic,
    oneCore,
    limits: limitsOf(config, spec, timeout),
    ...visible({ root, task, config }),
    workDirectory: workFolder(root, id),
    ownFiles: [...judgeFiles({ config, task }, surface), ...files].map((entry) =>
      resolve(task, entry),
    ),
    programs: programsOf(task, surface),
    beside: besideOf({ config, root, task, surface }, canShow),
    ...(generator ? { generator } : {}),
  };
  const module = 'module' in spec ? requirePath(task, spec.module, `${key}.module`) : '';
  switch (spec.use) {
    case 'function':
      return functionEvaluator({ ...options, module });
    case 'split':
      return splitEvaluator({
        ...options,
        ...(placed.mostAhead === undefined ? {} : { mostAhead: placed.mostAhead }),
        ...splitParts({ config, root: task, surface }, spec, key),
      });
    case 'inner-study':
      throw new Error('inner studies interpret data: they run in no sandbox');
    case 'python-evaluate': {
      const { python, function: name, mean } = spec;
      const program = programOf(kind, surface);
      return pythonEvaluate({ ...options, module, program, python, function: name, mean });
    }
    default:
      return commandEvaluator({
        ...options,
        argv: spec.command,
        startIn: spec.cwd === 'candidate' ? 'candidate' : 'cwd',
        ...(spec.answers === undefined ? {} : { answers: spec.answers }),
      });
  }
}

/** An answer of one line per case is far below. */
const DEFAULT_OUTPUT_BYTES = 1024 * 1024;

/** Commands are tools that start others (`npm run bench`), and so are evaluators of OpenEvolve; a module is none. */
const PROCESSES = 16;

export function limitsOf(
  { evaluator }: Config,
  { use }: { readonly use?: EvaluatorSpec['use'] },
  timeout: number,
): Limits {
  const {
    cpu,
    memory,
    output = DEFAULT_OUTPUT_BYTES,
    file,
    disk,
    processes,
  } = evaluator.limits ?? {};
  return {
    wallMs: timeout,
    outputBytes: output,
    processes: processes ?? (use === 'function' || use === 'split' ? 1 : PROCESSES),
    ...(cpu === undefined ? {} : { cpuMs: cpu }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(file === undefined ? {} : { fileBytes: file }),
    ...(disk === undefined ? {} : { diskBytes: disk }),
  };
}

/** What a jailed process of the task sees besides its candidate. */
export function visible({ root, task, config }: Pick<JudgeRequest, 'root' | 'task' | 'config'>): {
  readonly reads: readonly string[];
  readonly hides: readonly string[];
} {
  const listed = config.jail?.read?.map((path) => requirePath(task, path, 'jail.read'));
  return {
    reads: listed ?? [task, ...installed({ root, config })],
    hides: HIDDEN.map((name) => join(task, name)),
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

/** What has no meaning where one problem has one value. */
function refuseInexact({ rule, splits, evaluator }: Config): void {
  if (rule.mode !== 'exact') return;
  const complaints = [
    ...(splits.generator ? ['splits.generator makes instances'] : []),
    ...((evaluator.deterministic ?? true) ? [] : ['evaluator.deterministic is false']),
    ...(evaluator.stages ? ['evaluator.stages need a rule that tests'] : []),
  ];
  if (complaints.length === 0) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `${complaints.join(', ')}: rule.mode exact is for one problem without any instances or noise. Leave that out, or leave rule.mode at fwer.`,
  );
}

/** Files and folders of the task that judge or stand beside: a study goes on only while they are the same. */
export function judgeFiles(
  { config, task }: Pick<JudgeRequest, 'config' | 'task'>,
  { readonly, include }: Surface,
): readonly string[] {
  const { evaluator, proposers, splits } = config;
  const judges = [evaluator, ...(evaluator.stages ?? [])];
  const own = judges.flatMap(modulesIn);
  const interpreter = evaluator.interpreter === undefined ? [] : [evaluator.interpreter];
  // Not judges, but without them a study would not go on as it began.
  const problems = proposers.flatMap((one) => (one.use === 'local-search' ? [one.problem] : []));
  const repeated = proposers.flatMap((one) =>
    one.use === 'command' && one.repeatable ? filesNamed(task, one.command) : [],
  );
  const checks = config.safety?.checks === undefined ? [] : [config.safety.checks];
  const listed = [
    ...checks,
    ...readonly,
    ...include,
    ...interpreter,
    ...own,
    ...problems,
    ...repeated,
  ];
  // What makes the instances judges as much as what scores them.
  const makers = filesNamed(task, splits.generator ?? []).map((file) =>
    relative(task, resolve(task, file)),
  );
  const isBelow = (file: string) =>
    listed.some((one) => file === one || file.startsWith(`${one}/`));
  const unlisted = makers.filter((file) => !file.startsWith('..') && !isBelow(file));
  return [...new Set([...listed, ...unlisted])];
}

/** The modules of the task that run as its evaluator. */
export function modulesIn(spec: EvaluatorSpec): readonly string[] {
  if ('module' in spec) return [spec.module];
  if (spec.use === 'inner-study') return [spec.tasks];
  return spec.use === 'split' ? [spec.judge, spec.solver] : [];
}

/** Names of the metrics beside the objective, in the order in which pairs record them. */
export function othersIn(config: Config): readonly string[] {
  return [...guardsOf(config), ...infoOf(config)].map(({ name }) => name);
}

export function guardsOf({ evaluator }: Config): readonly GuardRule[] {
  return evaluator.metrics.flatMap((metric) => {
    if (metric.role !== 'guard') return [];
    const { role: _, bound, ...guard } = metric;
    return [bound === undefined ? guard : { ...guard, bound }];
  });
}

export function infoOf({ evaluator }: Config): readonly Metric[] {
  return evaluator.metrics.flatMap(({ role, name, goal, unit }) =>
    role === 'info' ? [{ name, goal, unit }] : [],
  );
}

type Metric = EventBody['study.opened']['metric'];

export function metricOf({ evaluator }: Config): Metric {
  for (const metric of evaluator.metrics) {
    if (metric.role === 'guard' || metric.role === 'info') continue;
    const { role: _, ...objective } = metric;
    return objective;
  }
  throw new PacelineError(
    'CONFIG_INVALID',
    'evaluator.metrics is empty: name the one metric that decides.',
  );
}
