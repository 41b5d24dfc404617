/**
 * A split evaluator: the candidate answers inputs in a jail and knows no more; the task's judge asks
 * and scores in a process where no candidate runs. All that leaves a candidate's jail is an output,
 * which is data: it cannot reach its grade.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../core/json.ts';
import { candidateFiles } from './command/candidate-files.ts';
import { type Failure, failureOf, refuseChange, shortageOf } from './command/failure.ts';
import { createGenerator, type Generator } from './command/generator.ts';
import { isolationWords } from './command/isolation.ts';
import { type Fingerprint, fingerprint } from './command/own-files.ts';
import { whileOpen } from './command/while-open.ts';
import type { CommandOptions } from './command.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';
import { packagesOf } from './function.ts';
import { invalid, plain, valueOf } from './outcome.ts';
import { agree, checkedCold } from './warm/cold.ts';
import { type Answered, type Case, Judge } from './warm/judge.ts';
import type { Output } from './warm/output.ts';
import type { Call, Solved, WorkerOptions } from './warm/worker.ts';
import { type Loaded, Workers } from './warm/workers.ts';

export interface SplitOptions
  extends Omit<CommandOptions, 'argv' | 'words' | 'startIn' | 'environment' | 'oneCore'> {
  /** Path of the module that exports `ask` and `score`: never where a candidate can read it. */
  readonly judge: string;
  /** Path of the module that exports `solve`; a candidate may read all of its folder. `.py`: Python. */
  readonly solver: string;
  /** The interpreter of a Python solver, looked up on PATH. Default: python3. */
  readonly python?: string;
  /** Inputs a candidate gets at a time. Default 1: it answers each before it sees the next. */
  readonly batch?: number;
  /** Once so many workers were started none is started ahead any more. Absent: always one. */
  readonly mostAhead?: number;
  /** Counts the steps of each answer (split/steps.mjs); one that takes more is over budget. */
  readonly steps?: number;
}

/** Calls after which a worker is replaced: a realm leaves something behind in its process. */
export const RECYCLE_AFTER = 64;

const fileOf = (name: string): string => fileURLToPath(new URL(`./split/${name}`, import.meta.url));
const [JUDGE, SOLVER, PYTHON_SOLVER] = ['judge.mjs', 'solver.mjs', 'solver.py'].map(fileOf) as [
  string,
  string,
  string,
];

const CHECKS = fileOf('checks.mjs');
/** The solver of ours that calls an exported function (calls/exported.ts). */
export const EXPORTED = fileOf('exported.mjs');

interface Parts extends Asker {
  readonly options: SplitOptions;
  readonly workers: Workers;
  readonly ownBefore: Fingerprint;
}

export function splitEvaluator(options: SplitOptions): Evaluator {
  options.sandbox.check(options.limits);
  const parts = partsOf(options);
  const { judge, workers } = parts;
  const { measure, close } = whileOpen((request, signal) => rollout(parts, request, signal));
  return {
    traits: {
      place: 'process',
      deterministic: options.deterministic ?? true,
      isolation: `${isolationWords(options.sandbox.traits, { ...options, ends: 'an answer' })}; scored in a process where no candidate runs`,
      byHand: `Call solve of ${options.solver} and score of ${options.judge}`,
    },
    measure,
    async close() {
      // Whoever waits for the judge would wait for ever.
      await Promise.all([judge.close(), close()]);
      await workers.close();
    },
  };
}

function partsOf(options: SplitOptions): Parts {
  const { sandbox, limits, workDirectory } = options;
  return {
    options,
    ...askerOf(options),
    workers: new Workers({
      sandbox,
      ...solverRun(options),
      limits,
      workDirectory,
      mostAhead: options.mostAhead,
      recycleAfter: limits.cpuMs === undefined ? RECYCLE_AFTER : 1,
    }),
    ownBefore: fingerprint(options.ownFiles ?? []),
  };
}

/** What makes the inputs of cases. */
export interface Asker {
  readonly judge: Judge;
  readonly instanceMaker: Generator | undefined;
}

type AskerOptions = Pick<
  SplitOptions,
  'sandbox' | 'judge' | 'cwd' | 'reads' | 'hides' | 'limits' | 'params' | 'generator'
>;

export function askerOf(options: AskerOptions): Asker {
  const { sandbox, limits, cwd, reads = [cwd], hides = [], params, generator: argv } = options;
  const { judge: module } = options;
  return {
    judge: new Judge({
      sandbox,
      argv: [process.execPath, JUDGE, module],
      module,
      cwd,
      reads: [...reads, ...runnerFiles(JUDGE)],
      hides,
      limits,
      params,
    }),
    instanceMaker:
      argv && createGenerator({ argv, cwd, timeoutMs: limits.wallMs, sandbox, reads, hides }),
  };
}

/** The process that holds a user's properties (split/checks.mjs), and what it reads. */
export function checksRun(module: string): Pick<WorkerOptions, 'argv' | 'reads'> {
  const reads = [...runnerFiles(CHECKS), ...packagesOf(CHECKS, 'fast-check')];
  return { argv: [process.execPath, CHECKS, module], reads: [...new Set(reads)] };
}

/** What a runner of ours needs to read: its own folder, the one beside it, what strips types. */
function runnerFiles(runner: string): readonly string[] {
  const folder = dirname(runner);
  return [folder, join(folder, '../function'), ...packagesOf(runner)];
}

type SolverRun = Pick<WorkerOptions, 'argv' | 'reads' | 'environment' | 'isCounted'>;

/** The runner of a solver, and what it reads. */
export function solverRun({
  solver,
  steps,
  python = 'python3',
}: Pick<SplitOptions, 'solver' | 'steps' | 'python'>): SolverRun {
  const folder = dirname(solver);
  if (solver.endsWith('.py')) {
    const environment = { PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
    const reads = [folder, PYTHON_SOLVER];
    return { argv: [python, PYTHON_SOLVER, solver], reads, environment, isCounted: false };
  }
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  // What is made of a text while it runs has no steps in it.
  const counting = steps === undefined ? [] : ['--disallow-code-generation-from-strings'];
  const words = [SOLVER, solver, ...(steps === undefined ? [] : [String(steps)])];
  return {
    argv: [process.execPath, ...flags, ...counting, ...words],
    reads: [folder, ...runnerFiles(SOLVER)],
    environment: {},
    isCounted: steps !== undefined,
  };
}

async function rollout(
  parts: Parts,
  request: MeasureRequest,
  signal: AbortSignal,
): Promise<Measured> {
  signal.throwIfAborted();
  const { options, judge } = parts;
  if (request.cases.length === 0) return { cases: [], cpuMs: 0 };
  const files = candidateFiles(options, request.candidate);
  if (typeof files === 'string') return failed(request, invalid(files));
  const cases = await casesOf(parts, request.cases, signal);
  const inputs = await judge.ask(cases, signal);
  if (inputs === undefined) return failed(request, NO_MACHINE);
  const of = { id: request.candidate.id, content: { files, beside: options.beside ?? [] } };
  const call = { inputs, batch: options.batch ?? 1, params: options.params };
  const solved = await answersOf({ ...parts, seeds: request.cases, signal }, of, call);
  signal.throwIfAborted();
  if (solved === undefined) return failed(request, NO_MACHINE);
  refuseChange(options.ownFiles ?? [], parts.ownBefore);
  if (!('outputs' in solved)) return failed(request, unsolved(solved, options));
  const results = await scoresOf(parts, { cases, inputs, outputs: solved.outputs }, signal);
  signal.throwIfAborted();
  return { cases: results, cpuMs: solved.cpuMs };
}

function failed({ cases }: MeasureRequest, result: CaseResult): Measured {
  return { cases: cases.map(() => result), cpuMs: 0 };
}

export async function casesOf(
  { instanceMaker }: Pick<Asker, 'instanceMaker'>,
  seeds: readonly number[],
  signal: AbortSignal,
): Promise<readonly Case[]> {
  const made = await instanceMaker?.instances(seeds, signal);
  return seeds.map((seed, i) => {
    const text = made?.[i];
    return text === undefined ? { seed } : { seed, instance: JSON.parse(text) as Json };
  });
}

interface Asking extends Parts {
  /** Of the cases, which no candidate is told. */
  readonly seeds: readonly number[];
  readonly signal: AbortSignal;
}

/** What a worker answered, if a cold process gives the same; undefined: the machine is short of something. */
async function answersOf(
  { workers, options, seeds, signal }: Asking,
  of: Loaded,
  call: Call,
): Promise<Solved | undefined> {
  try {
    const { solved, callsBefore } = await workers.warm(of, call, signal);
    const isCompared = 'outputs' in solved && (options.deterministic ?? true);
    if (!isCompared) return solved;
    const at = checkedCold({ candidate: of.id, seeds, callsBefore });
    if (at === undefined) return solved;
    const alone = { ...call, inputs: call.inputs.slice(at, at + 1) };
    const cold = await workers.cold(of, alone, signal);
    if (!('outputs' in cold)) return cold;
    if (agree(solved.outputs[at], cold.outputs[0])) return solved;
    workers.forget(of.id);
    return { fault: carried(at) };
  } catch (error) {
    return shortageOf(error, { subject: options.solver, workDirectory: options.workDirectory });
  }
}

export const NO_MACHINE: Failure = {
  outcome: 'infra-error',
  message: 'The machine has too many files or processes open; the candidate is not at fault.',
};

function carried(at: number): string {
  return `Case ${at} was answered otherwise, or in another number of steps, by a process that had answered nothing before. What a candidate gives must follow from its input: no state from case to case or from call to call, no clock, no unseeded randomness (or write deterministic: false).`;
}

function unsolved(
  solved: Exclude<Solved, { readonly outputs: unknown }>,
  options: SplitOptions,
): CaseResult {
  if ('fault' in solved) return invalid(solved.fault);
  const subject = `The function solve of ${options.solver}`;
  return failureOf(solved.end, { subject, ...solverRun(options), cwd: options.cwd });
}

interface Outcome {
  readonly cases: readonly Case[];
  readonly inputs: readonly Json[];
  readonly outputs: readonly Output[];
}

/** Only what was answered is scored. */
async function scoresOf(
  { judge, options }: Parts,
  { cases, inputs, outputs }: Outcome,
  signal: AbortSignal,
): Promise<readonly CaseResult[]> {
  const answered: Answered[] = cases.flatMap((one, i) => {
    const [input, output] = [inputs[i], outputs[i]];
    if (input === undefined || output === undefined || !isScored(output, options)) return [];
    return [{ ...one, ...output, input }];
  });
  const scores = answered.length === 0 ? [] : await judge.score(answered, signal);
  if (scores === undefined) return cases.map(() => NO_MACHINE);
  if (typeof scores === 'string') return cases.map(() => invalid(scores));
  const { metric, others } = options;
  let next = 0;
  return outputs.map((output) =>
    isScored(output, options) ? valueOf(scores[next++], metric, others) : unscored(output, options),
  );
}

type Scored = Extract<Output, { readonly output: Json }>;

function isScored(output: Output, { steps: most }: SplitOptions): output is Scored {
  return 'output' in output && !isOver(output, most);
}

function isOver({ steps = 0 }: Output, most: number | undefined): boolean {
  return most !== undefined && steps > most;
}

function unscored(output: Output, { steps: most }: SplitOptions): CaseResult {
  if (isOver(output, most)) {
    return { outcome: 'over-budget', message: `Took more than ${most} steps.` };
  }
  const failed = 'failed' in output ? output.failed : 'solve gave nothing';
  return { outcome: 'crashed', message: `solve failed: ${plain(failed)}` };
}
