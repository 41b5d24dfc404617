/**
 * Calls of candidates on inputs, whatever solves them: warm where nothing is asked of the process, in one
 * of its own where something is. The program, its words and its questions are those of a measuring run.
 */
import type { Json } from '../../core/json.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { candidateFiles } from '../command/candidate-files.ts';
import { failureOf, shortageOf } from '../command/failure.ts';
import type { Beside, CandidateContent } from '../command/workspace.ts';
import type { Called, Caller, CallOutput, CallRequest, Conditions } from '../contract.ts';
import { plain } from '../outcome.ts';
import { NO_MACHINE, RECYCLE_AFTER } from '../split.ts';
import type { Output } from '../warm/output.ts';
import { type Call, type Solved, startWorker, type WorkerOptions } from '../warm/worker.ts';
import { Workers } from '../warm/workers.ts';
import { refuseConditions, settable } from './conditions.ts';

export interface CallsOptions extends WorkerOptions {
  readonly kind: Pick<TaskKind, 'materialise'>;
  readonly programs?: readonly string[];
  readonly beside?: readonly Beside[];
  /** Begins a sentence about what calls the candidate. */
  readonly subject: string;
  readonly cwd: string;
  readonly params: Readonly<Record<string, Json>>;
  /** Inputs handed over at a time, as when it is measured. */
  readonly batch: number;
  /** The most steps of one answer, where they are counted. */
  readonly steps?: number | undefined;
  readonly isJavaScript: boolean;
}

/** Answers to thousands of inputs at a time; those of a measuring run are far smaller. */
const LEAST_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * A limit on CPU time is one of a whole process: so many calls share so many times as much, and none waits
 * for a process of its own. Each batch still has its time-out.
 */
const CALLS_OF_A_LIMITED = 16;

/** Of the process, before it knows its candidate: who asks for one of these gets a process of its own. */
const AT_START = ['environment', 'hostname', 'folder'] as const;

export function callerOf(given: CallsOptions): Omit<Caller, 'inputs'> {
  const outputBytes = Math.max(given.limits.outputBytes, LEAST_OUTPUT_BYTES);
  const { cpuMs } = given.limits;
  const cpu = cpuMs === undefined ? {} : { cpuMs: CALLS_OF_A_LIMITED * cpuMs };
  const options = { ...given, limits: { ...given.limits, ...cpu, outputBytes } };
  const recycleAfter = cpuMs === undefined ? RECYCLE_AFTER : CALLS_OF_A_LIMITED;
  const workers = new Workers({ ...options, recycleAfter });
  const sets = settable(options.sandbox.traits, options.isJavaScript);
  return {
    traits: { sets },
    async call(request, signal) {
      signal.throwIfAborted();
      refuseConditions(request.conditions ?? {}, sets);
      if (request.inputs.length === 0) return { outputs: [], cpuMs: 0 };
      const content = contentOf(options, request);
      if (typeof content === 'string') return { outcome: 'invalid', message: plain(content) };
      const limit = limitOf(request);
      const until = limit ? AbortSignal.any([signal, limit]) : signal;
      const solved = await solvedBy({ workers, options, signal: until }, request, content);
      signal.throwIfAborted();
      if (limit?.aborted) return late(options, request);
      return solved === undefined ? NO_MACHINE : calledOf(solved, options, request);
    },
    close: () => workers.close(),
  };
}

function limitOf({ withinMs }: CallRequest): AbortSignal | undefined {
  return withinMs === undefined ? undefined : AbortSignal.timeout(withinMs);
}

function late({ subject }: CallsOptions, { withinMs }: CallRequest): Called {
  return { outcome: 'timeout', message: `${subject} gave no answers within ${withinMs} ms.` };
}

function contentOf(
  { kind, programs = [], beside = [] }: CallsOptions,
  { candidate, conditions = {} }: CallRequest,
): CandidateContent | string {
  const files = candidateFiles({ kind, beside }, candidate);
  if (typeof files === 'string') return files;
  const empty = (conditions.files ?? []).filter((name) => !Object.hasOwn(files, name));
  const more = Object.fromEntries(empty.map((name) => [name, '']));
  return { files: { ...more, ...files }, programs, beside };
}

interface Means {
  readonly workers: Workers;
  readonly options: CallsOptions;
  readonly signal: AbortSignal;
}

/** Undefined: the machine is short of something. */
async function solvedBy(
  { workers, options, signal }: Means,
  { candidate, inputs, conditions = {}, isCold = false }: CallRequest,
  content: CandidateContent,
): Promise<Solved | undefined> {
  const { warmup = [], batch = options.batch, clockMs } = conditions;
  const call: Call = {
    inputs: [...warmup, ...inputs],
    batch,
    params: options.params,
    ...(clockMs === undefined ? {} : { clockMs }),
  };
  const of = { id: candidate.id, content };
  try {
    if (AT_START.some((name) => conditions[name] !== undefined)) {
      return await alone({ options, signal, conditions }, { content, call });
    }
    const isFresh = isCold || conditions.files !== undefined;
    if (isFresh) return await workers.cold(of, call, signal);
    return (await workers.warm(of, call, signal)).solved;
  } catch (error) {
    return shortageOf(error, options);
  }
}

async function alone(
  { options, signal, conditions }: Omit<Means, 'workers'> & { readonly conditions: Conditions },
  { content, call }: { readonly content: CandidateContent; readonly call: Call },
): Promise<Solved> {
  const { environment = {}, hostname, folder } = conditions;
  const started = {
    ...options,
    environment: { ...options.environment, ...environment },
    ...(hostname === undefined ? {} : { hostname }),
    ...(folder === undefined ? {} : { folder }),
  };
  const worker = await startWorker(started, signal);
  try {
    await worker.load(content);
    return await worker.solve(call);
  } finally {
    await worker.close();
  }
}

function calledOf(solved: Solved, options: CallsOptions, request: CallRequest): Called {
  if ('fault' in solved) return { outcome: 'invalid', message: plain(solved.fault) };
  if ('end' in solved) return failureOf(solved.end, options);
  const left = solved.outputs.slice(request.conditions?.warmup?.length ?? 0);
  return { outputs: left.map((output) => said(output, options.steps)), cpuMs: solved.cpuMs };
}

function said(output: Output, most: number | undefined): CallOutput {
  if (most !== undefined && (output.steps ?? 0) > most) {
    return { failed: `took more than ${most} steps` };
  }
  return 'output' in output ? { output: output.output } : { failed: plain(output.failed) };
}
