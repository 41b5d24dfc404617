/**
 * An OpenEvolve-style evaluator, unmodified: a Python file with `evaluate(program_path) -> dict`. A
 * runner of ours (standard library only) calls it once per case, under the protocol and the limits of
 * the evaluator command. Always fused: such evaluators load the program themselves.
 */
import { fileURLToPath } from 'node:url';
import { PacelineError } from '../core/errors.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import type { CommandOptions } from './command.ts';
import { commandEvaluator } from './command.ts';
import type { Evaluator } from './contract.ts';

export interface PythonEvaluateOptions
  extends Omit<CommandOptions, 'argv' | 'environment' | 'words'> {
  /** Path of the evaluator's `.py` file. */
  readonly module: string;
  /** Name, in the candidate folder, of the file whose path `evaluate` gets. */
  readonly program: string;
  /** The interpreter, looked up on PATH: `python3` or a path. */
  readonly python: string;
  /** Its function that is called: `evaluate`, or a stage such as `evaluate_stage1`. */
  readonly function: string;
  /** The metric is the mean of all other numbers it returns but these. Absent: it returns the metric itself. */
  readonly mean?: { readonly except: readonly string[] } | undefined;
}

const RUNNER = fileURLToPath(new URL('./python-evaluate/runner.py', import.meta.url));

/** Sets are walked in the same order each time, and no `__pycache__` changes the task's own folder. */
const ENVIRONMENT = { PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };

export function pythonEvaluate(options: PythonEvaluateOptions): Evaluator {
  const { module, program, python, function: name, mean, ...rest } = options;
  const averaged = mean === undefined ? [] : [rest.metric, ...mean.except];
  const argv = [python, RUNNER, module, program, name, ...averaged];
  const words = {
    subject: `The function ${name} of ${module}`,
    byHand: `Call the function ${name} of ${module}`,
  };
  const { reads = [rest.cwd] } = rest;
  return commandEvaluator({
    ...rest,
    argv,
    words,
    environment: ENVIRONMENT,
    reads: [...reads, RUNNER],
  });
}

const OLD = 8;
const CHECK = `import sys; sys.exit(${OLD} * (sys.version_info < (3, 8)))`;
const CHECK_LIMIT_MS = 30_000;

export interface PythonChecked {
  readonly python: string;
  readonly cwd: string;
  readonly sandbox: Sandbox;
}

/** @throws PacelineError EVALUATOR_FAILED when `python` is no Python 3.8 or newer, with what to do. */
export async function checkPython(
  { python, cwd, sandbox }: PythonChecked,
  signal: AbortSignal,
): Promise<void> {
  const argv = [python, '-c', CHECK];
  const limits = { wallMs: CHECK_LIMIT_MS, outputBytes: 0 };
  const sees = { reads: [cwd], writes: [], hides: [] };
  const end = await sandbox.run(
    { argv, cwd, environment: {}, ...sees, answersOn: 1, limits },
    signal,
  );
  signal.throwIfAborted();
  if (end.ended === 'exit' && end.exitCode === 0) return;
  const found = end.exitCode === OLD ? 'is older than Python 3.8' : 'cannot be run as Python';
  const reason = end.code === 'ENOENT' ? 'was not found' : found;
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `evaluator.python names ${JSON.stringify(python)}, which ${reason}. Install Python 3.8 or newer, or name another interpreter, for example .venv/bin/python.`,
    { python, reason },
  );
}
