/** The sets that come with Paceline, made from a seed by generators that run as processes of their own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PacelineError } from '../../core/errors.ts';
import { packageRoot } from '../examples.ts';
import { type CheckedTaskSet, parseTaskSet } from './read.ts';

/** Folders of `examples/meta`, and the flags that each knows besides its seeds. */
const GENERATORS = {
  /** With `everyday`: the everyday functions in the same group. */
  generated: ['everyday'],
  everyday: [],
  /** With `halves`: half of it for training; without, all is held out. */
  text: ['halves'],
  deep: ['everyday'],
  /** Written blind, opened once per release; all held out. */
  sealed: [],
} as const satisfies Record<string, readonly string[]>;

export type GeneratorName = keyof typeof GENERATORS;
export const GENERATOR_NAMES = Object.keys(GENERATORS) as readonly GeneratorName[];

export interface GeneratedSet {
  readonly name: GeneratorName;
  /** Integer in [0, 2^32). */
  readonly seed: number;
  /** Sets with the same one can be compared. Default: `seed`. */
  readonly inputsSeed?: number;
  readonly flags?: readonly string[];
}

const run = promisify(execFile);

/** A generator takes less than 1.5 s of CPU; a machine under load is slower. */
const LIMIT_MS = 60_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** @throws PacelineError USAGE for an unknown name or flag, GENERATOR_FAILED, or as `parseTaskSet`. */
export async function generateTaskSet(
  wanted: GeneratedSet,
  signal: AbortSignal,
): Promise<CheckedTaskSet> {
  const args = argumentsOf(wanted);
  return runGenerator(
    join(packageRoot(), 'examples/meta', wanted.name, 'generate.mjs'),
    args,
    signal,
  );
}

/** @param path of the program. @throws PacelineError GENERATOR_FAILED, or as `parseTaskSet`. */
export async function runGenerator(
  path: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<CheckedTaskSet> {
  const command = `node ${path} ${args.join(' ')}`;
  const limits = { timeout: LIMIT_MS, maxBuffer: MOST_BYTES, signal };
  try {
    const { stdout } = await run(process.execPath, [path, ...args], { ...limits, env: {} });
    return parseTaskSet(stdout, command);
  } catch (cause) {
    signal.throwIfAborted();
    if (PacelineError.is(cause)) throw cause;
    const { stderr, message } = cause as Error & { readonly stderr?: string };
    const said = (stderr || message).trim().split('\n')[0] ?? '';
    throw new PacelineError(
      'GENERATOR_FAILED',
      `The generator of task sets failed: ${said} Run it by hand: ${command}`,
      { command, said },
      { cause },
    );
  }
}

function argumentsOf({ name, seed, inputsSeed, flags = [] }: GeneratedSet): readonly string[] {
  if (!Object.hasOwn(GENERATORS, name)) {
    throw new PacelineError(
      'USAGE',
      `There is no generator of task sets called "${name}". Choose one of: ${Object.keys(GENERATORS).join(', ')}; or name a folder with tasks.json.`,
      { name },
    );
  }
  const known: readonly string[] = GENERATORS[name];
  const unknown = flags.find((flag) => !known.includes(flag));
  if (unknown !== undefined) {
    const choice = known.length === 0 ? 'It knows none' : `It knows: ${known.join(', ')}`;
    throw new PacelineError('USAGE', `The task set ${name} has no flag "${unknown}". ${choice}.`, {
      name,
      unknown,
    });
  }
  const inputs = inputsSeed === undefined ? [] : [`--inputs-seed=${inputsSeed}`];
  return [`--seed=${seed}`, ...inputs, ...flags.map((flag) => `--${flag}`)];
}
