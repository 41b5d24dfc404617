/**
 * The task's own evaluator command (design.md §1): one process per request, answering on a channel
 * of its own under a nonce; what it prints is evidence only, never a number.
 */
import { randomBytes } from 'node:crypto';
import { PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { readAnswer } from './command/answer.ts';
import type { Generator } from './command/generator.ts';
import { createGenerator, lastLine } from './command/generator.ts';
import { type Fingerprint, fingerprint, firstChange } from './command/own-files.ts';
import type { ProcessEnd } from './command/process.ts';
import { runProcess } from './command/process.ts';
import { killStrays } from './command/strays.ts';
import type { Workspace } from './command/workspace.ts';
import { createWorkspace, unsafeName } from './command/workspace.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';
import { plain, quote, sentence } from './outcome.ts';

export { checkGenerator } from './command/generator.ts';
export { killStrays } from './command/strays.ts';

export interface CommandOptions {
  /** Program and arguments, passed on as they are: no shell reads them. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** What the process gets besides PATH and the variables of the protocol. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly kind: TaskKind;
  /** Name of the metric that becomes the value of a case. */
  readonly metric: string;
  /** Handed through to the evaluator in the instances file. */
  readonly params: Readonly<Record<string, Json>>;
  /** Limit of one process, which answers for all cases of a request. */
  readonly timeoutMs: number;
  /** Makes instances from seeds; without one the evaluator makes its own. */
  readonly generator?: readonly string[];
  /** Where the folders of rollouts come and go. */
  readonly workDirectory: string;
  /** Cap on one answer (included). Default 1 MiB. */
  readonly maxOutputBytes?: number;
  /** Files and folders of the task that judge; a rollout during which one changes has no result. */
  readonly ownFiles?: readonly string[];
  /** As declared by the task; the noise floor checks it. Default true. */
  readonly deterministic?: boolean;
}

const DEFAULT_MAX_OUTPUT_BYTES = 1024 * 1024;

const NONCE_BYTES = 16;

/** The machine is short of something for now; the same request may work later. */
const SHORTAGES: ReadonlySet<string> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

type Prepared = CommandOptions & {
  readonly instanceMaker: Generator | undefined;
  readonly ownBefore: Fingerprint;
};

/**
 * Requests run one after the other. PACELINE_SEED is the seed of a request's first case, the file
 * PACELINE_INSTANCES holds `{ nonce, params, cases: [{ index, seed, instance? }] }`.
 */
export function commandEvaluator(options: CommandOptions): Evaluator {
  const { generator: argv, cwd, timeoutMs } = options;
  const instanceMaker = argv === undefined ? undefined : createGenerator({ argv, cwd, timeoutMs });
  const ownBefore = fingerprint(options.ownFiles ?? []);
  const prepared = { ...options, instanceMaker, ownBefore };
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const measure = async (
    requests: readonly MeasureRequest[],
    signal: AbortSignal,
  ): Promise<readonly Measured[]> => {
    const results: Measured[] = [];
    for (const request of requests) results.push(await rollout(prepared, request, signal));
    return results;
  };
  return {
    traits: {
      place: 'process',
      deterministic: options.deterministic ?? true,
      isolation:
        'J0: the evaluator command runs with your rights; only closed-language candidates are run until the jail exists',
    },
    measure(requests, signal) {
      const work = measure(requests, AbortSignal.any([signal, closing.signal]));
      running.add(work);
      const forget = (): boolean => running.delete(work);
      work.then(forget, forget);
      return work;
    },
    async close() {
      closing.abort(new Error('The evaluator was closed.'));
      await Promise.allSettled(running);
    },
  };
}

async function rollout(
  options: Prepared,
  request: MeasureRequest,
  signal: AbortSignal,
): Promise<Measured> {
  signal.throwIfAborted();
  if (request.cases.length === 0) return { cases: [], cpuMs: 0 };
  const all = (outcome: 'invalid' | 'infra-error', message: string): Measured => ({
    cases: request.cases.map(() => ({ outcome, message })),
    cpuMs: 0,
  });
  const files = filesOf(options, request);
  if (typeof files === 'string') return all('invalid', files);
  const nonce = randomBytes(NONCE_BYTES).toString('hex');
  const instances = await instancesText(options, { request, nonce, signal });
  const content = { files, instances };
  const workspace = await createWorkspace(options.workDirectory, content).catch((error) => {
    if (SHORTAGES.has(error.code)) return undefined;
    throw brokenWorkspace(options, error);
  });
  if (workspace === undefined) return all('infra-error', 'The machine has too many files open.');
  try {
    const end = await runEvaluator(options, { workspace, request, signal });
    signal.throwIfAborted();
    refuseChange(options);
    return {
      cases: casesOf(end, options, { nonce, count: request.cases.length }),
      cpuMs: end.cpuMs,
    };
  } finally {
    killStrays(workspace.folder);
    await workspace.remove();
  }
}

function refuseChange({ ownFiles = [], ownBefore }: Prepared): void {
  const change = firstChange(ownBefore, fingerprint(ownFiles));
  if (change === undefined) return;
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `A file that judges changed while the study ran: ${plain(change)}. Nothing measured since counts. Put it back as it was and resume; if the evaluator itself did it, let it write to PACELINE_CANDIDATE or a temporary folder.`,
    { change },
  );
}

/** The candidate's files, or why there are none. */
function filesOf(
  options: Prepared,
  { candidate }: MeasureRequest,
): Readonly<Record<string, string>> | string {
  try {
    const files = options.kind.materialise(candidate.text);
    const unsafe = unsafeName(files);
    return unsafe === undefined
      ? files
      : `The candidate's file ${quote(unsafe)} would lie outside its folder.`;
  } catch (error) {
    return sentence(error);
  }
}

interface Asked {
  readonly request: MeasureRequest;
  readonly nonce: string;
  readonly signal: AbortSignal;
}

/** Instances go in as the generator's own text: parsing and printing large ones would cost more. */
async function instancesText(options: Prepared, asked: Asked): Promise<string> {
  const { cases } = asked.request;
  const made = await options.instanceMaker?.instances(cases, asked.signal);
  const rows = cases.map((seed, index) => {
    const instance = made?.[index];
    return `{"index":${index},"seed":${seed}${instance === undefined ? '' : `,"instance":${instance}`}}`;
  });
  const params = JSON.stringify(options.params);
  return `{"nonce":"${asked.nonce}","params":${params},"cases":[${rows.join()}]}\n`;
}

interface Running {
  readonly workspace: Workspace;
  readonly request: MeasureRequest;
  readonly signal: AbortSignal;
}

function runEvaluator(options: Prepared, running: Running): Promise<ProcessEnd> {
  const { workspace, request, signal } = running;
  const env = {
    ...options.environment,
    PACELINE_CANDIDATE: workspace.candidateFolder,
    PACELINE_SEED: String(request.cases[0]),
    PACELINE_INSTANCES: workspace.instancesFile,
    PACELINE_RESULT_FD: '3',
  };
  const maxAnswerBytes = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
  const { argv, cwd, timeoutMs } = options;
  return runProcess({ argv, cwd, timeoutMs, env, answersOn: 3, maxAnswerBytes }, signal);
}

function casesOf(
  end: ProcessEnd,
  options: Prepared,
  { nonce, count }: { readonly nonce: string; readonly count: number },
): readonly CaseResult[] {
  if (end.ended === 'exit' && end.exitCode === 0) {
    return readAnswer(end.answer, { nonce, count, metric: options.metric });
  }
  const result = failureOf(end, options);
  return Array.from({ length: count }, () => result);
}

/** Each way to end badly has its own sentence. */
function failureOf(end: ProcessEnd, options: Prepared): CaseResult {
  const last = lastLine(end.evidence);
  const said = last === '' ? ' It printed nothing.' : ` Its last line: ${last}`;
  switch (end.ended) {
    case 'timeout':
      return {
        outcome: 'timeout',
        message: `Still running after ${options.timeoutMs} ms; the process and its children were killed.${said}`,
      };
    case 'overflow':
      return {
        outcome: 'invalid',
        message: `The answer is longer than ${options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES} bytes; the process was killed.`,
      };
    case 'refused':
      return refusal(end, options);
    case 'exit':
      return { outcome: 'crashed', message: `Ended with exit code ${end.exitCode}.${said}` };
    default:
      return { outcome: 'crashed', message: `Ended by ${end.signal ?? 'a signal'}.${said}` };
  }
}

function refusal(end: ProcessEnd, options: Prepared): CaseResult {
  const code = end.error?.code ?? '';
  if (SHORTAGES.has(code)) {
    return {
      outcome: 'infra-error',
      message: `The machine could not start another process (${code}); the candidate is not at fault.`,
    };
  }
  const command = options.argv.join(' ');
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `The evaluator command "${command}" could not be started in ${options.cwd} (${code || sentence(end.error)}). Check that the folder exists and that ${quote(options.argv[0] ?? '')} is an installed, executable program.`,
    { command, cwd: options.cwd, code },
    { cause: end.error },
  );
}

function brokenWorkspace(options: Prepared, error: NodeJS.ErrnoException): PacelineError {
  const todo =
    error.code === 'ENOSPC'
      ? 'The disk is full: free some space, then resume.'
      : 'Check that the folder can be written to, then resume.';
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The evaluator command "${options.argv.join(' ')}" cannot get its candidate: writing to ${options.workDirectory} failed (${sentence(error)}). ${todo}`,
    { workDirectory: options.workDirectory, code: error.code ?? '' },
    { cause: error },
  );
}
