/** A folder as OpenEvolve has it: an initial program, evaluator.py, config.yaml. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';

export const EVALUATOR = 'evaluator.py';
const CONFIG = 'config.yaml';
const PROGRAM = /^initial_program\.\w+$/;

export interface Folder {
  readonly root: string;
  /** File names in it; one of them, once file_suffix has been read. */
  readonly programs: readonly string[];
  /** Path of the config. */
  readonly config: string;
}

/** Undefined where the folder has not all three. @param config Another file than config.yaml. */
export function openEvolveFolder(root: string, config?: string): Folder | undefined {
  if (!existsSync(root) || !statSync(root).isDirectory()) return undefined;
  const path = config ?? join(root, CONFIG);
  const programs = readdirSync(root).filter((name) => PROGRAM.test(name));
  const isWhole = programs.length > 0 && existsSync(join(root, EVALUATOR)) && existsSync(path);
  return isWhole ? { root, programs: programs.sort(), config: path } : undefined;
}

/** @throws PacelineError CONFIG_INVALID where nothing says which of several. */
export function programIn({ root, programs }: Folder, suffix: string | undefined): string {
  const fitting = suffix === undefined ? programs : programs.filter((one) => one.endsWith(suffix));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  const found = `${root} has ${programs.join(', ')}`;
  const why =
    only === undefined
      ? `and file_suffix is ${suffix}. Correct file_suffix, or rename the program`
      : 'and nothing says which is meant. Write file_suffix into config.yaml';
  throw new PacelineError('CONFIG_INVALID', `${found}, ${why}.`, { programs: [...programs] });
}

/** What the evaluator's text tells without running it. */
export interface EvaluatorText {
  /** Of evaluate_stage1 and on, those that it has, in order and without a gap. */
  readonly stages: readonly string[];
  /** Modules of the package openevolve that it imports. */
  readonly imports: readonly string[];
}

const MOST_STAGES = 3;

export function evaluatorText({ root }: Folder): EvaluatorText {
  const text = readFileSync(join(root, EVALUATOR), 'utf8');
  const has = (name: string): boolean => new RegExp(`^(?:def\\s+)?${name}\\b`, 'm').test(text);
  const names = Array.from({ length: MOST_STAGES }, (_, i) => `evaluate_stage${i + 1}`);
  const gap = names.findIndex((name) => !has(name));
  const imports = text.matchAll(/^\s*(?:from|import)\s+(openevolve(?:\.\w+)*)/gm);
  return {
    stages: gap === -1 ? names : names.slice(0, gap),
    imports: [...new Set([...imports].map(([, name = '']) => name))],
  };
}

/** Other Python files of the folder: the evaluator may import them, so they judge too. */
export function judgesIn({ root }: Folder, program: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith('.py') && one.name !== program)
    .map(({ name }) => name)
    .sort();
}
