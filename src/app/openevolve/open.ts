/** An unmodified folder of OpenEvolve, read and mapped; what a person should know of it is said in sentences. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { type Mapped, mapFolder } from './describe.ts';
import { EVALUATOR, type Folder } from './folder.ts';
import { type ForeignConfig, readForeignConfig, type Written } from './read-config.ts';

export interface OpenOptions {
  readonly proposers?: readonly string[] | undefined;
  readonly python?: string | undefined;
  readonly without?: readonly string[] | undefined;
  /** Models are asked for real: their keys must be there. */
  readonly isAsking: boolean;
}

export interface Opened {
  readonly mapped: Mapped;
  readonly said: readonly string[];
}

const VENV = '.venv/bin/python';
/** What Paceline has in the place of the package. */
const SUPPLIED = 'openevolve.evaluation_result';

/** @throws PacelineError CONFIG_INVALID or EVALUATOR_FAILED, before anything is spent. */
export function openFolder(folder: Folder, options: OpenOptions): Opened {
  const { root, config: path } = folder;
  const { proposers, without = [] } = options;
  const foreign = readForeignConfig({ path, isModelFree: proposers !== undefined, without });
  const usual = existsSync(join(root, VENV)) ? VENV : 'python3';
  const mapped = mapFolder(folder, foreign, { proposers, python: options.python ?? usual });
  if (options.isAsking) refuseKeyless(mapped, path);
  return { mapped, said: saidOf(folder, { foreign, mapped, without }) };
}

function refuseKeyless({ models }: Mapped, path: string): void {
  for (const { models: asked } of models) {
    const [{ model, key, url }] = asked;
    if (key === undefined || process.env[key]) continue;
    throw new PacelineError(
      'CONFIG_INVALID',
      `${path} asks ${model}${url === undefined ? '' : ` at ${url}`}, and the environment variable ${key} is not set. Set it to the key, name another in config.yaml (api_key: \${NAME}), or ask no model: --proposers genetic. Nothing was spent.`,
      { model, key },
    );
  }
}

interface Saying {
  readonly foreign: ForeignConfig;
  readonly mapped: Mapped;
  readonly without: readonly string[];
}

function saidOf(folder: Folder, { foreign, mapped, without }: Saying): readonly string[] {
  const { root, config } = folder;
  const of = (...hows: readonly Written['how'][]): readonly string[] =>
    foreign.written.filter(({ how }) => hows.includes(how)).map(({ key }) => key);
  const line = (title: string, keys: readonly string[]): readonly string[] =>
    keys.length === 0 ? [] : [`${title}: ${keys.join(', ')}.`];
  return [
    `An OpenEvolve folder: ${mapped.program}, ${EVALUATOR} and ${basename(config)} of ${root}, none of them changed. Each key: docs/openevolve.md.`,
    ...line('Mapped', of('mapped')),
    ...line('Logs and files only, which the ledger replaces', of('record')),
    ...line('Done in Paceline’s own way, and not as these say', of('instead')),
    ...line('Without meaning, since what they belong to is off', of('with', 'refused')),
    ...line('Not used, since no model is asked', of('unused')),
    ...line('Read as if they were not there (--without)', without),
    ...packageWords(root, mapped),
    ...(mapped.isKeyWritten && mapped.models.length > 0
      ? [
          `A key stands in ${basename(config)}. It is not used, and candidates do not see the file; the key is taken from the environment.`,
        ]
      : []),
    'Artifacts that the evaluator returns are not kept: its metrics are, and the message where it gives no score.',
    `The study lies below ${join(root, '.paceline')}: run status, resume, report, show and apply in that folder.`,
  ];
}

/** @throws PacelineError EVALUATOR_FAILED for an import of what is neither installed nor supplied. */
function packageWords(root: string, { text, python }: Mapped): readonly string[] {
  if (text.imports.length === 0 || isInstalled(root, python)) return [];
  const missing = text.imports.filter((name) => name !== SUPPLIED);
  if (missing.length > 0) {
    throw new PacelineError(
      'EVALUATOR_FAILED',
      `${EVALUATOR} imports ${missing.join(', ')}, and the package openevolve is not installed for ${python}. Only ${SUPPLIED} is supplied: install the package, or name a Python that has it with --python. Nothing was spent.`,
      { missing },
    );
  }
  return [
    `The package openevolve is not installed for ${python}: Paceline supplies its class EvaluationResult.`,
  ];
}

const FIND = 'import importlib.util,sys; sys.exit(importlib.util.find_spec("openevolve") is None)';

function isInstalled(root: string, python: string): boolean {
  return spawnSync(python, ['-c', FIND], { cwd: root, stdio: 'ignore' }).status === 0;
}
