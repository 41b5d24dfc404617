/** What a study of a repository sees besides its commit, and what that needs of the rest of the machine. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installationOf } from '../../sandboxes/jail/toolchain.ts';
import type { Config } from '../config-schema.ts';

/** Before it was on record, only node_modules at the top. */
export function toolsIn({ repository }: Pick<Config, 'repository'>): readonly string[] {
  return repository === undefined ? [] : (repository.tools ?? ['node_modules']);
}

/** A .venv is links to a Python: one of the system is seen anyway, one of uv or pyenv is not. */
export function interpretersOf(folder: string): readonly string[] {
  const python = join(folder, 'bin', 'python');
  const installed = installationOf(python, folder)?.folder;
  if (installed === undefined || isAt(folder, installed)) return [];
  const named = namedIn(folder);
  // By the name that its links use too, which may be a link itself.
  return named !== undefined && isAt(named, installed) ? [installed, named] : [installed];
}

function namedIn(folder: string): string | undefined {
  const file = join(folder, 'pyvenv.cfg');
  if (!existsSync(file)) return undefined;
  const home = /^home *= *(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return home === undefined ? undefined : dirname(home);
}

function isAt(path: string, real: string): boolean {
  return existsSync(path) && realpathSync(path) === real;
}
