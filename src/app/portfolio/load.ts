/** `paceline.portfolio.yaml`, and the configs of the studies it names: all of them hold before one begins. */
import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { PacelineError } from '../../core/errors.ts';
import { checkAgainst, readYamlFile } from '../checked-yaml.ts';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { integer, type Overrides } from '../overrides.ts';
import { STATE_FOLDER } from '../study-files.ts';
import { type PortfolioConfig, portfolioJsonSchema, portfolioSchema } from './schema.ts';

export const PORTFOLIO_FILE = 'paceline.portfolio.yaml';

export interface NamedStudy {
  /** Of its config file, relative to the portfolio's folder. */
  readonly path: string;
  readonly weight: number;
  readonly config: Config;
}

export interface LoadedPortfolio {
  readonly config: PortfolioConfig;
  /** Folder of the portfolio. */
  readonly root: string;
  readonly studies: readonly NamedStudy[];
}

/** @throws PacelineError `CONFIG_MISSING` or `CONFIG_INVALID`, for the portfolio or one of its studies. */
export function loadPortfolio(file: string, given: PortfolioOverrides = {}): LoadedPortfolio {
  const path = resolve(file);
  const value = readYamlFile(path, 'Write one (docs/cookbook.md), or give --portfolio FILE.');
  const config = withOverrides(checked(value, path), given);
  const root = dirname(path);
  const named = config.studies.flatMap(({ path: entry, weight }) =>
    configsOf(root, entry).map((found) => ({ entry, path: found, weight })),
  );
  refuseTwice(named, path, {
    key: ({ path: one }) => one,
    what: (one) => `${one} is listed twice`,
  });
  const studies = named.map(({ entry, path: one, weight }) => {
    const loaded = loadConfig(join(root, one)).config;
    return { entry, path: one, weight, config: workersOf(config, loaded) };
  });
  refuseTwice(studies, path, {
    key: (one) => one.config.name,
    what: (name) => `two studies are named ${name}`,
  });
  return { config, root, studies: studies.map(({ entry: _entry, ...study }) => study) };
}

/** The file alone, none of the studies it names. @throws as `loadPortfolio` does. */
export function readPortfolioConfig(path: string): PortfolioConfig {
  return checked(readYamlFile(path, 'Write one (docs/cookbook.md).'), path);
}

/** Values of the command line in the places of those of the file. */
export type PortfolioOverrides = Pick<Overrides, 'wall' | 'evals' | 'workers'>;

function withOverrides(
  config: PortfolioConfig,
  { wall, evals, workers }: PortfolioOverrides,
): PortfolioConfig {
  const budget = {
    ...config.budget,
    ...(wall === undefined ? {} : { wall }),
    ...(evals === undefined ? {} : { evals: integer('--evals', evals) }),
  };
  const threads = workers === undefined ? {} : { workers: integer('--workers', workers) };
  return checked({ ...config, budget, ...threads }, 'the command line');
}

function checked(value: unknown, path: string): PortfolioConfig {
  return checkAgainst({ schema: portfolioSchema, jsonSchema: portfolioJsonSchema }, value, path);
}

function workersOf({ workers }: PortfolioConfig, config: Config): Config {
  return workers === undefined ? config : { ...config, workers };
}

/** The config files that one entry names, relative to `root` and in alphabetical order. */
function configsOf(root: string, entry: string): readonly string[] {
  const stat = statSync(join(root, entry), { throwIfNoEntry: false });
  if (stat?.isDirectory()) return [configIn(root, entry)];
  if (stat) return [relative(root, resolve(root, entry))];
  const found = isDynamicPattern(entry) ? globbed(root, entry) : [];
  if (found.length > 0) return found;
  throw invalid(
    `studies: ${entry} names nothing in ${root}. Name folders that hold a ${CONFIG_FILE}, config files, or globs of either.`,
    entry,
  );
}

/** Of what a glob finds, folders without a config are passed by; a folder named by itself has to have one. */
function globbed(root: string, pattern: string): readonly string[] {
  const rest = { cwd: root, onlyFiles: false, expandDirectories: false };
  const ignore = ['**/node_modules/**', `**/${STATE_FOLDER}/**`];
  return globSync(pattern, { ...rest, ignore })
    .map((one) => (one.endsWith('/') ? join(one, CONFIG_FILE) : one))
    .filter((one) => /\.ya?ml$/.test(one))
    .filter((one) => basename(one) !== PORTFOLIO_FILE)
    .filter((one) => statSync(join(root, one), { throwIfNoEntry: false })?.isFile())
    .map((one) => relative(root, resolve(root, one)))
    .sort();
}

function configIn(root: string, folder: string): string {
  const path = join(folder, CONFIG_FILE);
  const isThere = statSync(join(root, path), { throwIfNoEntry: false })?.isFile();
  if (isThere) return relative(root, resolve(root, path));
  throw invalid(
    `studies: the folder ${folder} has no ${CONFIG_FILE}. Write one there, or name its config file.`,
    folder,
  );
}

interface Entry {
  readonly entry: string;
  readonly path: string;
}

/** The first of two that agree in `key` is named with the second. */
function refuseTwice<T extends Entry>(
  all: readonly T[],
  file: string,
  { key, what }: { readonly key: (one: T) => string; readonly what: (key: string) => string },
): void {
  const seen = new Map<string, T>();
  for (const one of all) {
    const first = seen.get(key(one));
    seen.set(key(one), one);
    if (first === undefined) continue;
    const places =
      first.path === one.path
        ? `by ${first.entry} and by ${one.entry}`
        : `in ${first.path} and in ${one.path}`;
    throw invalid(`${file}: ${what(key(one))}, ${places}. Leave one out or rename it.`, one.path);
  }
}

function invalid(message: string, path: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', message, { path });
}
