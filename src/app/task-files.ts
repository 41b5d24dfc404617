/** Files that the config names, read with the key that named them. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { CHECKOUTS } from './task-folder.ts';

/** @throws PacelineError `CONFIG_INVALID` when there is no such file or folder. */
export function requirePath(root: string, file: string, key: string): string {
  const path = resolve(root, file);
  if (existsSync(path)) return path;
  const remedy = root.includes(`/${CHECKOUTS}/`)
    ? 'Correct the path in paceline.yaml, or commit it: a study of a repository has what its commit has.'
    : 'Correct the path in paceline.yaml.';
  throw new PacelineError(
    'CONFIG_INVALID',
    `${key} names ${path}, which does not exist. ${remedy}`,
    { key, path },
  );
}

export function readRequired(root: string, file: string, key: string): string {
  return readFileSync(requirePath(root, file, key), 'utf8');
}

/** The words of a command line that are files, below `root` or where an absolute path leads. */
export function filesNamed(root: string, argv: readonly string[]): readonly string[] {
  return argv.filter((word) => statSync(resolve(root, word), { throwIfNoEntry: false })?.isFile());
}
