/**
 * `storage.cap` belongs to the workspace and its disk, not to what has begun there: whoever raises it in
 * the file can go on. Nothing recorded depends on it.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config-schema.ts';

interface Capped {
  readonly name: string;
  readonly storage: { readonly cap: number };
}

/** The recorded config with the cap that holds now. */
export function withCapNow(root: string, recorded: Config): Config {
  const cap = capNow(root, recorded, (path) => loadConfig(path).config);
  return { ...recorded, storage: { cap } };
}

/**
 * In bytes: the largest that a file of `root` says under this name, since a config may have another name
 * than `paceline.yaml` and copies of it beside it; the recorded one where no file does.
 */
export function capNow(root: string, recorded: Capped, read: (path: string) => Capped): number {
  const caps = readdirSync(root)
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => {
      const found = readOrNothing(() => read(join(root, file)));
      return found?.name === recorded.name ? [found.storage.cap] : [];
    });
  return caps.length === 0 ? recorded.storage.cap : Math.max(...caps);
}

/** Other people's YAML lies there too. */
function readOrNothing(read: () => Capped): Capped | undefined {
  try {
    return read();
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}
