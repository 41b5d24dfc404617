/** A clean checkout of one commit, in a folder of its own: what people edit meanwhile does not reach a study. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { makeAside } from '../aside.ts';
import type { Config } from '../config-schema.ts';
import { stateFolder } from '../study-files.ts';
import { allBelow } from '../surface.ts';
import { systemClock } from '../system-clock.ts';
import { checkoutFolder, checkoutsFolder, PRINT } from '../task-folder.ts';
import { git, requireCommit } from './git.ts';
import { toolsIn } from './interpreters.ts';

/** What a checkout does not have although the repository has it. */
export interface Missing {
  /** Paths of submodules: their folders are empty. */
  readonly submodules: readonly string[];
  /** Paths of files of which only the pointer is there. */
  readonly pointers: readonly string[];
}

/**
 * Whole or not there at all; one that is there is used again. No worktree of git's: nothing is
 * registered that somebody would have to prune.
 */
export function checkOut(top: string, commit: string): string {
  const folder = checkoutFolder(top, commit);
  if (isAsMade(folder)) touch(folder);
  else make(folder, { top, commit });
  return folder;
}

/** Whoever replaces words in all files below the repository finds those too. */
function isAsMade(folder: string): boolean {
  if (!existsSync(folder) || !existsSync(printPath(folder))) return false;
  return readFileSync(printPath(folder), 'utf8') === printOf(folder);
}

/** Size, time and inode of each file, links as they are. */
function printOf(folder: string): string {
  const rows = allBelow(folder).flatMap((path) => {
    const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
    return stat === undefined ? [] : [[path, stat.size, stat.mtimeMs, stat.ino].join('\0')];
  });
  return sha256(rows.sort().join('\n'));
}

const printPath = (folder: string): string => folder + PRINT;

export function missingIn(top: string, commit: string): Missing {
  const folder = checkOut(top, commit);
  const tree = git({ cwd: top }, 'ls-tree', '-r', '-z', commit).split('\0');
  return {
    submodules: tree.filter((row) => row.startsWith('160000 ')).map(pathIn),
    pointers: tree
      .filter((row) => row.startsWith('100'))
      .map(pathIn)
      .filter(isPointer(folder)),
  };
}

/** Young again: `gc` takes what is old and no study's (unused.ts). */
function touch(folder: string): void {
  const now = systemClock.wallMs() / 1000;
  utimesSync(folder, now, now);
}

/** Where a task's files lie, checked out where they are those of a commit. */
export function taskFiles({
  root,
  config,
}: {
  readonly root: string;
  readonly config: Config;
}): string {
  const { repository } = config;
  if (repository === undefined) return root;
  const folder = checkOut(root, repository.commit);
  // Where the tools are shown: in a folder that is shown whole nothing else could make their place.
  for (const tool of toolsIn(config)) mkdirSync(join(folder, tool), { recursive: true });
  return folder;
}

function make(folder: string, { top, commit }: { readonly top: string; readonly commit: string }) {
  requireCommit(top, commit);
  const aside = makeAside(checkoutsFolder(top), 'new');
  const files = join(aside, 'files');
  // A working tree of its own: the attributes are those of the commit, not of what is checked out now.
  const environment = {
    GIT_INDEX_FILE: join(aside, 'index'),
    GIT_DIR: git({ cwd: top }, 'rev-parse', '--absolute-git-dir'),
    GIT_WORK_TREE: files,
  };
  try {
    // Before a study is on record, and where none will be: git add would take the checkout in.
    writeFileSync(join(stateFolder(top), '.gitignore'), '*\n');
    mkdirSync(files);
    const inside = { cwd: files, environment };
    git(inside, 'read-tree', commit);
    git(inside, 'checkout-index', '--all');
    // Under umask 077 the user of a jail could read nothing of it.
    execFileSync('chmod', ['-R', 'go+rX', files]);
    writeFileSync(join(aside, 'print'), printOf(files));
    // Made by somebody else meanwhile, who may be measuring in it.
    if (isAsMade(folder)) return;
    renameSync(join(aside, 'print'), printPath(folder));
    if (existsSync(folder)) renameSync(folder, join(aside, 'old'));
    renameSync(files, folder);
  } catch (error) {
    if (!isAsMade(folder)) throw unmade(error);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function unmade(cause: unknown): PacelineError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PacelineError(
    'WORKSPACE',
    `The commit cannot be checked out below .paceline: ${why}`,
    {},
    { cause },
  );
}

const pathIn = (row: string): string => row.slice(row.indexOf('\t') + 1);

const POINTER = 'version https://git-lfs.github.com/spec/';
const LARGEST_POINTER = 1024;

/** Where git-lfs is not installed, or was told to skip, its files are three lines of text. */
function isPointer(folder: string): (path: string) => boolean {
  return (path) => {
    const whole = join(folder, path);
    const stat = statSync(whole, { throwIfNoEntry: false });
    return (
      stat?.isFile() === true &&
      stat.size <= LARGEST_POINTER &&
      readFileSync(whole, 'utf8').startsWith(POINTER)
    );
  };
}
