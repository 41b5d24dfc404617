/**
 * `paceline.yaml`: read, checked, frozen at the door. Unknown keys are errors with the nearest known
 * name; nothing is accepted and ignored.
 */
import { dirname, resolve } from 'node:path';
import { checkAgainst, readYamlFile } from './checked-yaml.ts';
import { type Config, configJsonSchema, configSchema } from './config-schema.ts';

export const CONFIG_FILE = 'paceline.yaml';

export interface LoadedConfig {
  readonly config: Config;
  readonly path: string;
  /** Folder of the config: every relative path in it starts here. */
  readonly root: string;
}

/** @throws PacelineError `CONFIG_MISSING` or `CONFIG_INVALID`, with the place and what to write. */
export function loadConfig(file: string): LoadedConfig {
  const path = resolve(file);
  const value = readYamlFile(
    path,
    'Run paceline init --example bin-packing for a runnable folder, give --config FILE, or in a git repository --source, --eval and --metric.',
  );
  const config = parseConfig(value, path);
  return { config: Object.freeze(config), path, root: dirname(path) };
}

/** @throws PacelineError `CONFIG_INVALID` naming every problem, one a line. */
export function parseConfig(value: unknown, path: string): Config {
  return checkAgainst({ schema: configSchema, jsonSchema: configJsonSchema }, value, path);
}
