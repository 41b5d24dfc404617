/**
 * The task's own module as evaluator: it exports `evaluate({ candidate, cases, params })` and returns
 * one record of metrics per case, in order. A runner of ours calls it in a process of its own, under
 * the protocol and the limits of the evaluator command: nothing of the task or a candidate runs here.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandOptions } from './command.ts';
import { commandEvaluator } from './command.ts';
import type { Evaluator } from './contract.ts';

export interface FunctionOptions extends Omit<CommandOptions, 'argv' | 'words'> {
  /** Path of the module: `.mjs`, `.js`, or `.ts` and `.mts` whose types are stripped (oxc). */
  readonly module: string;
}

const RUNNER = fileURLToPath(new URL('./function/runner.mjs', import.meta.url));

export function functionEvaluator({ module, ...options }: FunctionOptions): Evaluator {
  const words = {
    subject: `The function evaluate of ${module}`,
    byHand: `Call the function evaluate of ${module}`,
  };
  const { reads = [options.cwd] } = options;
  return commandEvaluator({
    ...options,
    argv: [process.execPath, RUNNER, module],
    words,
    reads: [...reads, dirname(RUNNER), ...packagesOf(RUNNER)],
  });
}

/** Where a runner finds a package; by default what strips the types of a TypeScript module. */
export function packagesOf(file: string, name = 'oxc-transform'): readonly string[] {
  const folder = dirname(file);
  const packages = join(folder, 'node_modules');
  if (existsSync(join(packages, name))) return [packages];
  return folder === '/' ? [] : packagesOf(folder, name);
}
