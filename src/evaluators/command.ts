/**
 * The task's own evaluator command (design.md §1): one process per request, answering on a channel
 * of its own under a nonce; what it prints is evidence only, never a number.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Json } from '../core/json.ts';
import type { Limits, RunEnd, Sandbox } from '../sandboxes/contract.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { readAnswer, unanswered } from './command/answer.ts';
import { candidateFiles } from './command/candidate-files.ts';
import { printedInstead, saidLast } from './command/evidence.ts';
import { brokenWorkspace, failureOf, isShortage, refuseChange } from './command/failure.ts';
import type { Generator } from './command/generator.ts';
import { createGenerator } from './command/generator.ts';
import { isolationWords } from './command/isolation.ts';
import { type Fingerprint, fingerprint } from './command/own-files.ts';
import { readPrinted } from './command/printed.ts';
import { whileOpen } from './command/while-open.ts';
import type { Beside, Workspace } from './command/workspace.ts';
import { createWorkspace } from './command/workspace.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';
import { invalid, valueOf } from './outcome.ts';

export { checkGenerator } from './command/generator.ts';

export interface CommandOptions {
  /** Program and arguments, passed on as they are: no shell reads them. */
  readonly argv: readonly string[];
  /** How sentences call it; default: the command. */
  readonly words?: Words;
  /** Folder of the task: where the evaluator and the generator start. */
  readonly cwd: string;
  /** Where the evaluator and its generator run. */
  readonly sandbox: Sandbox;
  /** `candidate`: the evaluator starts in the candidate's folder instead. */
  readonly startIn?: 'cwd' | 'candidate';
  /** What the process gets besides PATH and the variables of the protocol. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly kind: Pick<TaskKind, 'materialise'>;
  /** Files of a candidate that are programs, by name. */
  readonly programs?: readonly string[];
  /** Files copied beside those of the candidate, read-only: none of them can be the candidate's. */
  readonly beside?: readonly Beside[];
  /** Name of the metric that becomes the value of a case. */
  readonly metric: string;
  /** Other metrics that are returned beside it where the answer has them. */
  readonly others?: readonly string[];
  /** Handed through to the evaluator in the instances file. */
  readonly params: Readonly<Record<string, Json>>;
  /** Of one process, which answers for all cases of a request. Those of a generator are its own. */
  readonly limits: Limits;
  /** What the processes need to read besides their program and the candidate. Default: `cwd`. */
  readonly reads?: readonly string[];
  /** What they must not see of it. */
  readonly hides?: readonly string[];
  /**
   * `printed`: the metrics are read from what it prints, one process for each case. It stands beside
   * what it measures, and whatever runs there can print. Default: `channel`.
   */
  readonly answers?: 'channel' | 'printed';
  /** Holds each process to one core, where the sandbox can: for run times. Default false. */
  readonly oneCore?: boolean;
  /** Makes instances from seeds; without one the evaluator makes its own. */
  readonly generator?: readonly string[];
  /** Where the folders of rollouts come and go. */
  readonly workDirectory: string;
  /** Files and folders of the task that judge; a rollout during which one changes has no result. */
  readonly ownFiles?: readonly string[];
  /** As declared by the task; the noise floor checks it. Default true. */
  readonly deterministic?: boolean;
}

export interface Words {
  /** Begins a sentence about it. */
  readonly subject: string;
  /** What a person does to see it score: `Call evaluate of score.mjs`. */
  readonly byHand: string;
}

const NONCE_BYTES = 16;

type Prepared = CommandOptions & {
  readonly instanceMaker: Generator | undefined;
  readonly ownBefore: Fingerprint;
};

/**
 * Requests run one after the other. PACELINE_SEED is the seed of a request's first case, the file
 * PACELINE_INSTANCES holds `{ nonce, params, cases: [{ index, seed, instance? }] }`.
 */
export function commandEvaluator(options: CommandOptions): Evaluator {
  const { generator: argv, cwd, sandbox, limits, reads = [cwd], hides = [] } = options;
  sandbox.check(limits);
  const { wallMs: timeoutMs } = limits;
  const instanceMaker =
    argv === undefined
      ? undefined
      : createGenerator({ argv, cwd, timeoutMs, sandbox, reads, hides });
  const ownBefore = fingerprint(options.ownFiles ?? []);
  const prepared = { ...options, instanceMaker, ownBefore };
  const answer = options.answers === 'printed' ? caseByCase : rollout;
  const { measure, close } = whileOpen((request, signal) => answer(prepared, request, signal));
  return {
    traits: {
      place: 'process',
      deterministic: options.deterministic ?? true,
      isolation: isolationWords(sandbox.traits, options),
      ...(options.words ? { byHand: options.words.byHand } : {}),
    },
    measure,
    close,
  };
}

/** What is printed has no place for several cases. */
async function caseByCase(
  options: Prepared,
  { candidate, cases }: MeasureRequest,
  signal: AbortSignal,
): Promise<Measured> {
  const results: CaseResult[] = [];
  let cpuMs = 0;
  for (const one of cases) {
    const measured = await rollout(options, { candidate, cases: [one] }, signal);
    results.push(...measured.cases);
    cpuMs += measured.cpuMs;
  }
  return { cases: results, cpuMs };
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
  const files = candidateFiles(options, request.candidate);
  if (typeof files === 'string') return all('invalid', files);
  const nonce = randomBytes(NONCE_BYTES).toString('hex');
  const instances = await instancesText(options, { request, nonce, signal });
  const { programs = [], beside = [] } = options;
  const content = { files, programs, beside, instances };
  const workspace = await createWorkspace(options.workDirectory, content).catch((error) => {
    if (isShortage(error)) return undefined;
    const { workDirectory } = options;
    throw brokenWorkspace({ subject: subjectOf(options), workDirectory }, error);
  });
  if (workspace === undefined) return all('infra-error', 'The machine has too many files open.');
  try {
    const end = await runEvaluator(options, { files, workspace, request, signal });
    signal.throwIfAborted();
    refuseChange(options.ownFiles ?? [], options.ownBefore);
    return {
      cases: casesOf(end, options, { nonce, count: request.cases.length }),
      cpuMs: end.cpuMs,
    };
  } finally {
    await workspace.remove();
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
  /** Of the candidate. */
  readonly files: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  readonly request: MeasureRequest;
  readonly signal: AbortSignal;
}

function runEvaluator(options: Prepared, running: Running): Promise<RunEnd> {
  const { workspace, request, signal } = running;
  const { folder, candidateFolder, instancesFile } = workspace;
  const environment = {
    ...options.environment,
    PACELINE_CANDIDATE: workspace.candidateFolder,
    PACELINE_SEED: String(request.cases[0]),
    PACELINE_INSTANCES: instancesFile,
    PACELINE_RESULT_FD: '3',
  };
  const { argv, limits, sandbox, oneCore = false, beside = [], hides = [] } = options;
  const inside = (name: string): string => join(candidateFolder, name);
  const fixed = beside.filter(({ as }) => as === undefined).map(({ name }) => inside(name));
  const shown = beside.filter(({ as }) => as === 'shown');
  const shows = shown.map(({ name, path }) => ({ source: path, path: inside(name) }));
  // In a folder that is shown whole the candidate's file stands in place of the task's.
  const over = Object.keys(running.files)
    .filter((file) => shown.some(({ name }) => isBelow(file, name)))
    .map(inside);
  const reads = [...(options.reads ?? [options.cwd]), ...fixed, ...over];
  // Whole: a runner takes the instances away before it loads a candidate.
  const sees = { reads, shows, writes: [folder], hides };
  const cwd = options.startIn === 'candidate' ? candidateFolder : options.cwd;
  const answersOn = options.answers === 'printed' ? 1 : 3;
  return sandbox.run({ argv, cwd, environment, ...sees, limits, answersOn, oneCore }, signal);
}

const isBelow = (file: string, folder: string): boolean =>
  folder === '' || file.startsWith(`${folder}/`);

function casesOf(
  end: RunEnd,
  options: Prepared,
  { nonce, count }: { readonly nonce: string; readonly count: number },
): readonly CaseResult[] {
  if (end.ended === 'exit' && end.exitCode === 0) {
    const { metric, others = [] } = options;
    if (options.answers === 'printed') return [printedValue(end.answer, metric, others)];
    if (end.answer.trim() === '') {
      const said = printedInstead(end);
      return Array.from({ length: count }, (_, i) => invalid(`${unanswered(i)}${said}`));
    }
    return readAnswer(end.answer, { nonce, count, metric, others });
  }
  const result = failureOf(end, { ...options, subject: subjectOf(options) });
  return Array.from({ length: count }, () => result);
}

function printedValue(text: string, metric: string, others: readonly string[]): CaseResult {
  const { metrics, faults } = readPrinted(text, [metric, ...others]);
  const fault = faults[metric];
  if (fault === undefined) return valueOf(metrics, metric, others);
  return invalid(`${fault}${saidLast(text)}`);
}

function subjectOf({ argv, words }: Prepared): string {
  return words?.subject ?? `The evaluator command "${argv.join(' ')}"`;
}
