/** The git repository around a folder: what a study of it begins from, or why none can. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { git, gitOrNothing, gitWithHooks } from './git.ts';

export interface Repository {
  /** Its top folder. */
  readonly top: string;
  readonly gitFolder: string;
  /** The commit that is checked out. */
  readonly commit: string;
  /** Undefined where none is. */
  readonly branch: string | undefined;
}

/** @throws PacelineError WORKSPACE where there is none, or none with a commit. */
export function repositoryAround(cwd: string): Repository {
  const top = topAround(cwd);
  const commit = gitOrNothing({ cwd: top }, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (commit === undefined) {
    throw new PacelineError(
      'WORKSPACE',
      `The repository ${top} has no commit yet. Commit what is there, then start again.`,
      { folder: top },
    );
  }
  const gitFolder = git({ cwd: top }, 'rev-parse', '--absolute-git-dir');
  const branch = gitOrNothing({ cwd: top }, 'symbolic-ref', '--quiet', '--short', 'HEAD');
  return { top, gitFolder, commit, branch };
}

function topAround(cwd: string): string {
  try {
    return git({ cwd }, 'rev-parse', '--show-toplevel');
  } catch (cause) {
    const said = PacelineError.is(cause) ? String(cause.data['said'] ?? '') : '';
    const why = Object.entries(NO_TOP).find(([words]) => said.includes(words))?.[1];
    if (why === undefined) throw cause;
    throw new PacelineError('WORKSPACE', `${cwd} ${why}`, { folder: cwd }, { cause });
  }
}

/** What git says where there is no working tree for us, and what to do about it. */
const NO_TOP: Readonly<Record<string, string>> = {
  'not a git repository':
    'is in no git repository, and --source needs one. Run git init and commit what is there, or write a paceline.yaml (paceline init).',
  'must be run in a work tree':
    'is a bare repository or inside .git, and --source needs a working tree. Start in a clone, or make one: git worktree add ../work.',
  'dubious ownership':
    'is in a repository of another user, which git does not trust. Where you do: git config --global --add safe.directory, with its top folder.',
};

/** What git leaves in its folder while it is not done, and how a person ends it. */
const IN_PROGRESS: Readonly<Record<string, string>> = {
  'rebase-merge': 'A rebase is in progress: end it with git rebase --continue or --abort',
  'rebase-apply': 'A rebase, or git am, is in progress: end it with --continue or --abort',
  MERGE_HEAD: 'A merge is in progress: commit it, or git merge --abort',
  CHERRY_PICK_HEAD:
    'A cherry-pick is in progress: end it with git cherry-pick --continue or --abort',
  REVERT_HEAD: 'A revert is in progress: end it with git revert --continue or --abort',
  BISECT_LOG: 'A bisection is in progress: end it with git bisect reset',
};

/** @throws PacelineError WORKSPACE where git is in the middle of something. */
export function refuseInProgress({ gitFolder }: Repository): void {
  const [file] = Object.keys(IN_PROGRESS).filter((name) => existsSync(join(gitFolder, name)));
  if (file !== undefined) {
    throw new PacelineError('WORKSPACE', `${IN_PROGRESS[file]}, then start again.`, { file });
  }
}

/** @throws PacelineError WORKSPACE where a commit would not be what the person sees. */
export function refuseChanged({ top }: Repository): void {
  const changed = changedFiles(top);
  if (changed.length === 0) return;
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
  throw new PacelineError(
    'WORKSPACE',
    `The working tree differs from its commit: ${changed.slice(0, NAMED).join(', ')}${more}. Commit that, or add --stash to put it aside (git stash pop brings it back).`,
    { changed: changed.slice(0, NAMED), count: changed.length },
  );
}

const NAMED = 5;

/** What is edited inside a submodule is no part of the commit, and git stash passes it by. */
const TRACKED = ['--untracked-files=no', '--ignore-submodules=dirty'];

/** Paths of tracked files that differ from the commit, in the index or on disk. */
export function changedFiles(top: string): readonly string[] {
  const rows = git({ cwd: top }, 'status', '--porcelain=v1', '-z', ...TRACKED);
  const fields = rows.split('\0').filter((field) => field !== '');
  // A renamed file is followed by a field with its old name alone.
  return fields.flatMap((field, i) =>
    i > 0 && /^[RC]/.test(fields[i - 1] as string) ? [] : [field.slice(3)],
  );
}

/** Puts what differs aside, under a name that says who did. */
export function stash({ top }: Repository): void {
  git({ cwd: top }, 'stash', 'push', '--message', 'put aside by paceline run --stash');
}

/** Names of hooks that a person set up to run around a commit. */
export function hooksOf({ top }: Repository): readonly string[] {
  const folder = gitWithHooks({ cwd: top }, 'rev-parse', '--git-path', 'hooks');
  return COMMIT_HOOKS.filter((name) => isRunnable(resolve(top, folder, name)));
}

const COMMIT_HOOKS = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'];

function isRunnable(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o111) !== 0;
}
