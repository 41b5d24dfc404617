/** Folders that no commit has and the command needs: what package managers put beside the files of a repository. */
import { statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { HIDDEN } from '../hidden.ts';
import { gitOrNothing } from './git.ts';

const INSTALLED = ['node_modules', '.venv', 'venv'];

export interface ToolsRequest {
  readonly top: string;
  readonly commit: string;
  /** Where the person stands. */
  readonly cwd: string;
  /** Paths from there, beside those that are found. */
  readonly named: readonly string[];
}

/**
 * From the top of the repository: what is named, and what is installed between there and where the person stands.
 * @throws PacelineError USAGE for what cannot be shown.
 */
export function toolsOf({ top, commit, cwd, named }: ToolsRequest): readonly string[] {
  const found = foldersUpTo(top, cwd)
    .flatMap((folder) => INSTALLED.map((name) => join(folder, name)))
    .map((path) => relative(top, path))
    .filter((path) => isFolder(join(top, path)) && !isTracked(top, commit, path));
  const asked = named.map((path) => {
    const inside = relative(top, resolve(cwd, path));
    const why = refusal({ top, commit }, inside);
    if (why === undefined) return inside;
    throw new PacelineError('USAGE', `--tools ${path} ${why}`, { path });
  });
  return [...new Set([...found, ...asked])].sort();
}

function refusal(
  { top, commit }: Pick<ToolsRequest, 'top' | 'commit'>,
  path: string,
): string | undefined {
  if (path === '' || path === '..' || path.startsWith('../')) {
    return `is no folder inside the repository ${top}. Name one of its untracked folders.`;
  }
  if (!isFolder(join(top, path))) return 'is no folder. Name an untracked folder, or leave it out.';
  if (HIDDEN.some((name) => path === name || path.startsWith(`${name}/`))) {
    return 'is never shown to what is jailed. Name another, or leave it out.';
  }
  return isTracked(top, commit, path)
    ? 'is in the commit, so it is there anyway. Leave it out.'
    : undefined;
}

function foldersUpTo(top: string, cwd: string): readonly string[] {
  const folders = [resolve(cwd)];
  for (let at = resolve(cwd); at !== top && at !== dirname(at); at = dirname(at)) {
    folders.push(dirname(at));
  }
  return folders.filter((folder) => !relative(top, folder).startsWith('..'));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isTracked(cwd: string, commit: string, path: string): boolean {
  const there = gitOrNothing({ cwd }, 'rev-parse', '--verify', '--quiet', `${commit}:${path}`);
  return there !== undefined;
}
