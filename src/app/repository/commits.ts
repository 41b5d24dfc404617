/** Commits and branches made by git's plumbing: no file of the working tree is touched, and no hook runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import type { Files } from '../../tasks/contract.ts';
import { type GitCall, git, gitOrNothing } from './git.ts';

/** An index of its own on a commit. */
export function withIndex<T>(root: string, on: string, work: (call: GitCall) => T): T {
  const aside = mkdtempSync(join(tmpdir(), 'paceline-index-'));
  const call = { cwd: root, environment: { GIT_INDEX_FILE: join(aside, 'index') } };
  try {
    git(call, 'read-tree', on);
    return work(call);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Line ends and filters are the repository's own; whoever set this would only see our warning as a failure. */
const AS_ADDED = ['-c', 'core.fileMode=false', '-c', 'core.safecrlf=false'];

/**
 * The tree of a commit with these files in it, as `git add` would store them there: it looks at what the
 * commit has, so that line ends which it keeps as they are stay so. Rights are those of the commit.
 */
export function treeWith(root: string, on: string, files: Files): string {
  const aside = mkdtempSync(join(tmpdir(), 'paceline-tree-'));
  const gitFolder = git({ cwd: root }, 'rev-parse', '--absolute-git-dir');
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(aside, path)), { recursive: true });
      writeFileSync(join(aside, path), text);
    }
    return withIndex(root, on, (call) => {
      const environment = { ...call.environment, GIT_DIR: gitFolder, GIT_WORK_TREE: aside };
      const inside = { ...call, cwd: aside, environment };
      const paths = Object.keys(files).join('\0');
      git({ ...inside, input: paths }, ...AS_ADDED, 'update-index', '--add', '-z', '--stdin');
      return git(call, 'write-tree');
    });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

export interface Commit {
  readonly tree: string;
  readonly parent: string;
  readonly message: string;
  readonly atMs: number;
}

/** The same study makes the same commit, whenever it is asked. */
export function commitTree(root: string, { tree, parent, message, atMs }: Commit): string {
  const when = `${Math.floor(atMs / 1000)} +0000`;
  const environment = {
    GIT_AUTHOR_NAME: 'Paceline',
    GIT_AUTHOR_EMAIL: 'paceline@localhost',
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_NAME: 'Paceline',
    GIT_COMMITTER_EMAIL: 'paceline@localhost',
    GIT_COMMITTER_DATE: when,
  };
  const call = { cwd: root, environment, input: message };
  return git(call, 'commit-tree', tree, '-p', parent, '-F', '-');
}

const REF = 'refs/heads/';

export function hasBranch(root: string, name: string): boolean {
  return gitOrNothing({ cwd: root }, 'rev-parse', '--verify', '--quiet', REF + name) !== undefined;
}

/** @param chain The base and all commits of the branch, the oldest first. */
export function moveBranch(root: string, name: string, chain: readonly string[]): void {
  const ref = REF + name;
  const head = gitOrNothing({ cwd: root }, 'rev-parse', '--verify', '--quiet', ref);
  const tip = chain.at(-1) as string;
  if (head === tip) return;
  if (head !== undefined && !chain.includes(head)) {
    throw new PacelineError(
      'WORKSPACE',
      `The branch ${name} has commits that are not of this study, and was left as it is. Rename it (git branch -m), then run paceline export branch.`,
      { branch: name },
    );
  }
  refuseHeld(root, { ref, name });
  // The old value is part of the call: whoever moved it in between is not overwritten.
  git({ cwd: root }, 'update-ref', '-m', 'paceline: promotion', ref, tip, head ?? '');
}

/** Somebody stands on it, or another branch has the name of its folder. */
function refuseHeld(root: string, { ref, name }: { readonly ref: string; readonly name: string }) {
  const standing = git({ cwd: root }, 'worktree', 'list', '--porcelain', '-z').split('\0\0');
  const holder = standing.find((one) => one.split('\0').includes(`branch ${ref}`));
  if (holder !== undefined) {
    const [where = ''] = holder.split('\0');
    const folder = where.replace(/^worktree /, '');
    throw new PacelineError(
      'WORKSPACE',
      `The branch ${name} is checked out in ${folder}, whose files would no longer be those of its commit. Switch to another there (git switch -), then run paceline export branch.`,
      { branch: name, folder },
    );
  }
  const [folder = ''] = name.split('/');
  if (gitOrNothing({ cwd: root }, 'rev-parse', '--verify', '--quiet', REF + folder)) {
    throw new PacelineError(
      'WORKSPACE',
      `A branch is called ${folder}, so there can be none below it (${name}). Rename it (git branch -m ${folder} NAME), then run paceline export branch.`,
      { branch: name },
    );
  }
}
