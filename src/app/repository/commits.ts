/** Commits and branches made by git's plumbing: no file of the working tree is touched, and no hook runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** The tree of a commit with these files in it. */
export function treeWith(root: string, on: string, files: Files): string {
  return withIndex(root, on, (call) => {
    for (const [path, text] of Object.entries(files)) {
      const blob = git({ ...call, input: text }, 'hash-object', '-w', '--stdin', '--path', path);
      git(call, 'update-index', '--cacheinfo', `${modeOf(root, on, path)},${blob},${path}`);
    }
    return git(call, 'write-tree');
  });
}

function modeOf(cwd: string, parent: string, path: string): string {
  return git({ cwd }, 'ls-tree', parent, '--', path).split(' ')[0] || '100644';
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
  // The old value is part of the call: whoever moved it in between is not overwritten.
  git({ cwd: root }, 'update-ref', '-m', 'paceline: promotion', ref, tip, head ?? '');
}
