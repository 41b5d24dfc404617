/** From a folder of OpenEvolve to a config of ours: what a person would have written into paceline.yaml. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { studyName } from '../study-name.ts';
import {
  EVALUATOR,
  type EvaluatorText,
  evaluatorText,
  type Folder,
  judgesIn,
  programIn,
} from './folder.ts';
import { holdsKey, type ModelProposer, modelProposers } from './models.ts';
import { type ForeignConfig, unusable } from './read-config.ts';
import { type Reader, readerOf } from './values.ts';

export interface Mapped {
  readonly program: string;
  readonly text: EvaluatorText;
  /** As paceline.yaml would have it; what depends on what the evaluator returns is added later (first-look.ts). */
  readonly value: Readonly<Record<string, unknown>>;
  /** Functions of the evaluator that are asked, in order; the last one decides. */
  readonly functions: readonly string[];
  readonly thresholds: readonly number[];
  /** Not metrics of the mean that stands in for a combined_score. */
  readonly dimensions: readonly string[];
  readonly python: string;
  readonly models: readonly ModelProposer[];
  readonly isKeyWritten: boolean;
}

export interface MapOptions {
  /** Proposers that ask no model, in place of those of the config. */
  readonly proposers?: readonly string[] | undefined;
  readonly python?: string | undefined;
}

/** The score of OpenEvolve. */
export const SCORE = 'combined_score';

const ITERATIONS = 10_000;
const SEED = 42;
const TIMEOUT_S = 300;
const THRESHOLDS = [0.5, 0.75, 0.9];
const CODE_LENGTH = 10_000;
const MIB = 1024 * 1024;

/** @throws PacelineError CONFIG_INVALID for what cannot be mapped. */
export function mapFolder(folder: Folder, foreign: ForeignConfig, options: MapOptions): Mapped {
  const read = readerOf(foreign.values, foreign.path);
  const text = evaluatorText(folder);
  const program = programIn(folder, read.text('file_suffix'));
  const models = options.proposers ? [] : modelProposers(foreign);
  const proposers = options.proposers ?? models;
  if (proposers.length === 0) throw noModel(foreign.path);
  const { functions, thresholds } = cascadeOf(read, text, foreign.path);
  const isKeyWritten = holdsKey(foreign);
  const trials = read.number('max_iterations') ?? ITERATIONS;
  const limit = limitOf(read, join(folder.root, program), foreign.path);
  const seed =
    foreign.values.get('random_seed') === null ? {} : { seed: read.number('random_seed') ?? SEED };
  const memory = read.number('evaluator.memory_limit_mb');
  const value = {
    name: studyName(basename(folder.root)),
    kind: 'code',
    surface: { edit: [program], readonly: judgesIn(folder, program), ...limit },
    evaluator: {
      use: 'python-evaluate',
      class: 'fused',
      module: EVALUATOR,
      timeout: `${read.number('evaluator.timeout') ?? TIMEOUT_S}s`,
      params: paramsOf(read, functions, foreign.path),
      ...(memory === undefined ? {} : { limits: { memory: memory * MIB } }),
    },
    proposers,
    archive: archiveOf(read, foreign),
    budget: { trials, ...(models.length > 0 ? { requests: CALLS_A_TRIAL * trials } : {}) },
    workers: read.number('evaluator.parallel_evaluations') ?? 1,
    ...(isKeyWritten ? { jail: { read: allBut(folder) } } : {}),
    ...seed,
  };
  const dimensions = read.texts('database.feature_dimensions') ?? [];
  const python = options.python ?? 'python3';
  return { program, text, value, functions, thresholds, dimensions, python, models, isKeyWritten };
}

/** One, and one more where the first answer cannot be used. */
const CALLS_A_TRIAL = 2;

function noModel(path: string): PacelineError {
  return new PacelineError(
    'CONFIG_INVALID',
    `${path} names no model. Name one under llm.models, or run without: --proposers genetic. Nothing was spent.`,
    { path },
  );
}

interface Cascade {
  readonly functions: readonly string[];
  readonly thresholds: readonly number[];
}

/** As OpenEvolve goes through them: a stage is entered past the threshold of the one before. */
function cascadeOf(read: Reader, { stages }: EvaluatorText, path: string): Cascade {
  const written = read.numbers('evaluator.cascade_thresholds') ?? THRESHOLDS;
  const isOn = read.flag('evaluator.cascade_evaluation') ?? true;
  if (!isOn || stages.length === 0) return { functions: ['evaluate'], thresholds: [] };
  if (written.length === 0) {
    throw unusable(path, [
      'evaluator.cascade_thresholds: is empty, and evaluator.py has evaluate_stage1. Write a threshold, or cascade_evaluation: false',
    ]);
  }
  const [first = 'evaluate_stage1'] = stages;
  // A first stage alone would be all that is ever measured.
  if (stages.length === 1)
    return { functions: [first, 'evaluate'], thresholds: written.slice(0, 1) };
  const thresholds = written.slice(0, stages.length - 1);
  return { functions: stages.slice(0, thresholds.length + 1), thresholds };
}

function paramsOf(
  read: Reader,
  functions: readonly string[],
  path: string,
): Readonly<Record<string, unknown>> {
  const params = read.map('evaluator.evaluator_args') ?? {};
  const nested = Object.entries(params).find(([, one]) => typeof one === 'object');
  if (nested) {
    throw unusable(path, [
      `evaluator.evaluator_args.${nested[0]}: only texts, numbers, true and false are handed over. Read the rest in evaluator.py`,
    ]);
  }
  // OpenEvolve hands them to evaluate and to no stage.
  return functions.at(-1) === 'evaluate' ? params : {};
}

function limitOf(read: Reader, program: string, path: string): { readonly limit?: number } {
  const written = read.number('max_code_length');
  const bytes = readFileSync(program).length;
  const limit = written ?? CODE_LENGTH;
  if (limit >= bytes) return { limit };
  if (written === undefined) return {};
  throw unusable(path, [
    `max_code_length: ${written} is less than the ${bytes} bytes of ${basename(program)}, so no candidate could be as it is. Raise it`,
  ]);
}

/** Islands where there are several; with one a map of code length, where that is asked for. */
function archiveOf(read: Reader, { path }: ForeignConfig): Readonly<Record<string, unknown>> {
  const count = read.number('database.num_islands') ?? 5;
  const interval = read.number('database.migration_interval') ?? 50;
  if (count > 1) return { use: 'islands', count, migrateEvery: Math.max(1, interval * count) };
  const dimensions = read.texts('database.feature_dimensions') ?? ['complexity'];
  if (!dimensions.includes('complexity')) return { use: 'pareto' };
  const max = read.number('max_code_length') ?? CODE_LENGTH;
  return {
    use: 'map-elites',
    axes: [{ measure: 'characters', min: 0, max, bins: binsOf(read, path) }],
  };
}

function binsOf(read: Reader, path: string): number {
  const isMap = typeof read.anything('database.feature_bins') === 'object';
  const bins = isMap
    ? read.map('database.feature_bins')?.['complexity']
    : read.number('database.feature_bins');
  if (bins === undefined || typeof bins === 'number') return bins ?? 10;
  throw unusable(path, ['database.feature_bins.complexity: must be a number']);
}

/** What a candidate could not read does not leave the machine with it. */
function allBut({ root, config }: Folder): readonly string[] {
  const isShown = (name: string): boolean => !name.startsWith('.') || name === '.venv';
  return readdirSync(root).filter((name) => join(root, name) !== config && isShown(name));
}
