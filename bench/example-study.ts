/** An example as a person runs it: made by `init`, run from its own config by the built command line. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../dist/cli.js');

/** What every `run --json` holds. */
export interface RunResult {
  readonly promotions: readonly object[];
  readonly spent: { readonly evals: number };
}

export interface ExampleStudy<R> {
  readonly folder: string;
  readonly seconds: number;
  readonly result: R;
  /** The command line in the folder; returns what it printed. */
  readonly paceline: (...args: readonly string[]) => string;
}

interface Chosen {
  readonly config: string;
  readonly seed: string;
  /** Further flags of `run`. */
  readonly more?: readonly string[];
}

/** Runs it to its end, lets `work` look at it, and takes the folder away. */
export async function withExample<T, R extends RunResult = RunResult>(
  example: string,
  { config, seed, more = [] }: Chosen,
  work: (study: ExampleStudy<R>) => T | Promise<T>,
): Promise<T> {
  const parent = mkdtempSync(join(tmpdir(), 'paceline-bench-'));
  const folder = join(parent, 'study');
  const run = (cwd: string, args: readonly string[]): string =>
    execFileSync(process.execPath, [CLI, ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  try {
    run(parent, ['init', 'study', '--example', example]);
    const start = performance.now();
    const flags = ['--config', config, '--seed', seed, '--quiet', '--json', ...more];
    const ran = run(folder, ['run', ...flags]);
    const seconds = (performance.now() - start) / 1000;
    const result: R = JSON.parse(ran.trim().split('\n').at(-1) ?? '');
    return await work({ folder, seconds, result, paceline: (...args) => run(folder, args) });
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
