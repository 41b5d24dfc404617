/** `run FOLDER`: which kind of folder it is, and the config that is made of one that is not ours. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Autoresearch, autoresearchIn } from '../app/autoresearch/recognise.ts';
import { CONFIG_FILE, type LoadedConfig, loadConfig, parseConfig } from '../app/config.ts';
import type { Config } from '../app/config-schema.ts';
import { firstLook } from '../app/openevolve/first-look.ts';
import { type Folder, openEvolveFolder } from '../app/openevolve/folder.ts';
import { openFolder } from '../app/openevolve/open.ts';
import { settled, unlooked } from '../app/openevolve/settle.ts';
import { PacelineError } from '../core/errors.ts';
import { type ForeignOptions, refuseForeignFlags } from './foreign-flags.ts';
import type { Described } from './repository.ts';

interface BesideOptions extends ForeignOptions {
  readonly config: string;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly replay?: string;
}

export interface Asked {
  readonly folder: string | undefined;
  readonly isConfigGiven: boolean;
}

/** The config that a folder has, or that is made for it. @throws PacelineError in one sentence. */
export async function configOf(options: BesideOptions, asked: Asked): Promise<Described> {
  const { folder, isConfigGiven } = asked;
  const root = resolve(folder ?? '.');
  const ours = folder === undefined ? options.config : join(root, CONFIG_FILE);
  const isOurs = isConfigGiven ? folder === undefined : existsSync(ours);
  if (isOurs) return refusingFlags(options, loadConfig(ours));
  const foreign = openEvolveFolder(root, isConfigGiven ? resolve(options.config) : undefined);
  if (foreign) return openEvolve(foreign, options);
  if (folder === undefined) return refusingFlags(options, loadConfig(ours));
  if (isConfigGiven) refuseMissing(resolve(options.config));
  throw unknownFolder(root, asked);
}

/** A repository of autoresearch, where the folder is nothing else. */
export function knownRepository(folder = '.'): Autoresearch | undefined {
  const root = resolve(folder);
  if (existsSync(join(root, CONFIG_FILE)) || openEvolveFolder(root)) return undefined;
  return autoresearchIn(root);
}

function refuseMissing(path: string): void {
  if (existsSync(path)) return;
  const message = `There is no file ${path}. Correct --config; it starts where you stand, not in the folder.`;
  throw new PacelineError('CONFIG_MISSING', message, { path });
}

function unknownFolder(root: string, { isConfigGiven }: Asked): PacelineError {
  const hint = isConfigGiven
    ? '--config beside a folder names the config of an OpenEvolve folder; of a folder of ours leave one of the two out.'
    : 'Run paceline init --example bin-packing for a runnable folder.';
  return new PacelineError(
    'CONFIG_MISSING',
    `${root} is no folder that can be run: it has neither ${CONFIG_FILE}, nor what OpenEvolve has (initial_program.*, evaluator.py, config.yaml), nor what autoresearch has (program.md, train.py). ${hint}`,
    { root },
  );
}

function refusingFlags(options: ForeignOptions, loaded: LoadedConfig): Described {
  refuseForeignFlags(options, `${loaded.path} is a config of Paceline. Write it there`);
  return loaded;
}

const MODEL_FREE = ['genetic', 'cma-es'];

/** Its option takes several words, and a folder behind it would be one of them. */
function refuseStrange(proposers: readonly string[]): void {
  const strange = proposers.find((name) => !MODEL_FREE.includes(name));
  if (strange === undefined) return;
  throw new PacelineError(
    'USAGE',
    `--proposers takes ${MODEL_FREE.join(' and ')}, not ${JSON.stringify(strange)}. A folder is named first: paceline run FOLDER --proposers genetic.`,
    { strange },
  );
}

async function openEvolve(folder: Folder, options: BesideOptions): Promise<Described> {
  const { root, config: path } = folder;
  const { proposers, without, replay } = options;
  const python = options.python?.includes('/') ? resolve(options.python) : options.python;
  const isAsking = replay === undefined;
  refuseStrange(proposers ?? []);
  const { mapped, said } = openFolder(folder, { proposers, python, without, isAsking });
  say(options, said);
  const looked = options.dryRun ? unlooked(mapped) : await firstLook(root, mapped);
  const { value, said: found } = settled(mapped, looked);
  say(
    options,
    options.dryRun
      ? ['A run asks the evaluator first, and decides by its answer: metric, rule, stages.']
      : found,
  );
  return { root, config: checked(value, path) };
}

function checked(value: object, path: string): Config {
  return parseConfig(value, `${path}, as Paceline takes it,`);
}

function say({ quiet }: { readonly quiet?: boolean }, lines: readonly string[]): void {
  if (!quiet) for (const line of lines) process.stderr.write(`${line}\n`);
}
