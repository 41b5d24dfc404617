import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Files } from '../../tasks/contract.ts';
import { checkOut } from './checkout.ts';
import { commitTree, moveBranch, treeWith } from './commits.ts';
import { hooksOf, repositoryAround } from './repository.ts';
import { aloneOn } from './split.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-commits-'));
afterAll(() => rmSync(folder, { recursive: true }));

function git(cwd: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@localhost'];
  return execFileSync('git', [...who, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

interface Made {
  readonly root: string;
  readonly base: string;
}

function repository(files: Files, config: Readonly<Record<string, string>> = {}): Made {
  const root = mkdtempSync(join(folder, 'repository-'));
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'first');
  for (const [name, value] of Object.entries(config)) git(root, 'config', name, value);
  return { root, base: git(root, 'rev-parse', 'HEAD') };
}

/** A promotion of these files on the commit. */
function promoted({ root, base }: Made, files: Files): string {
  const tree = treeWith(root, base, files);
  return commitTree(root, { tree, parent: base, message: 'better', atMs: 1.7e12 });
}

const changedLines = ({ root, base }: Made, commit: string): string =>
  git(root, 'diff', '--numstat', base, commit).replace(/\s+/g, ' ');

test.each(['true', 'input'])(
  'line ends that the commit has stay under core.autocrlf=%s: the commit is the change alone',
  (autocrlf) => {
    const made = repository({ 'a.txt': 'a\r\nb\r\nc\r\n' }, { 'core.autocrlf': autocrlf });
    expect(changedLines(made, promoted(made, { 'a.txt': 'a\r\nB\r\nc\r\n' }))).toBe('1 1 a.txt');
  },
);

test('core.safecrlf is no reason to end without a branch', () => {
  const config = { 'core.autocrlf': 'true', 'core.safecrlf': 'true' };
  const made = repository({ 'a.txt': 'a\nb\n' }, config);
  expect(changedLines(made, promoted(made, { 'a.txt': 'a\r\nB\n' }))).toBe('1 1 a.txt');
});

test('attributes are those of the commit, not of what is checked out now', () => {
  const made = repository({ 'a.txt': 'a\nb\n' });
  writeFileSync(join(made.root, '.gitattributes'), '* eol=crlf\n');
  git(made.root, 'add', '--all');
  git(made.root, 'commit', '--quiet', '--message', 'of later');
  const files = checkOut(made.root, made.base);
  expect(readFileSync(join(files, 'a.txt'), 'utf8')).toBe('a\nb\n');
  const commit = promoted(made, { 'a.txt': 'a\r\nb\n' });
  expect(git(made.root, 'cat-file', '-s', `${commit}:a.txt`)).toBe('5');
});

test('odd names and rights are kept', () => {
  const names = ['a b/ü,x.txt', '--foo', ':(top)x', '*.txt', '"q".txt', 'run.sh'];
  const made = repository(Object.fromEntries(names.map((name) => [name, 'one\n'])));
  git(made.root, 'update-index', '--chmod=+x', 'run.sh');
  git(made.root, 'commit', '--quiet', '--message', 'a program');
  const then = { ...made, base: git(made.root, 'rev-parse', 'HEAD') };
  const commit = promoted(then, Object.fromEntries(names.map((name) => [name, 'two\n'])));
  const rows = git(made.root, 'diff', '-z', '--raw', then.base, commit).split('\0');
  expect(rows.filter((row) => /^:\d/.test(row)).every((row) => row.endsWith(' M'))).toBe(true);
  expect(rows.filter((row) => names.includes(row)).sort()).toEqual([...names].sort());
  expect(git(made.root, 'ls-tree', commit, 'run.sh')).toMatch(/^100755 /);
});

test('no hook runs, and those of commits are named all the same', () => {
  const made = repository({ 'a.txt': 'a\n' });
  const ran = join(made.root, 'ran');
  for (const name of ['reference-transaction', 'post-index-change', 'pre-commit', 'post-commit']) {
    const hook = join(made.root, '.git/hooks', name);
    writeFileSync(hook, `#!/bin/sh\necho ${name} >> ${ran}\nexit 1\n`);
    chmodSync(hook, 0o755);
  }
  checkOut(made.root, made.base);
  moveBranch(made.root, 'paceline/x', [made.base, promoted(made, { 'a.txt': 'b\n' })]);
  expect(existsSync(ran)).toBe(false);
  expect(hooksOf(repositoryAround(made.root))).toEqual(['pre-commit', 'post-commit']);
});

test('a branch that somebody stands on is not moved under them', () => {
  const made = repository({ 'a.txt': 'a\n' });
  const first = promoted(made, { 'a.txt': 'b\n' });
  const second = promoted({ ...made, base: first }, { 'a.txt': 'c\n' });
  moveBranch(made.root, 'paceline/x', [made.base, first]);
  const other = join(folder, 'other tree');
  git(made.root, 'worktree', 'add', '--quiet', other, 'paceline/x');
  const move = () => moveBranch(made.root, 'paceline/x', [made.base, first, second]);
  expect(move).toThrow(/paceline\/x is checked out in .*other tree/);
  expect(git(other, 'status', '--porcelain')).toBe('');
  git(other, 'checkout', '--quiet', '--detach');
  move();
  expect(git(made.root, 'rev-parse', 'paceline/x')).toBe(second);
});

test('a branch called paceline is named as what is in the way', () => {
  const made = repository({ 'a.txt': 'a\n' });
  git(made.root, 'branch', 'paceline');
  const commit = promoted(made, { 'a.txt': 'b\n' });
  expect(() => moveBranch(made.root, 'paceline/x', [made.base, commit])).toThrow(
    /git branch -m paceline NAME/,
  );
});

test('a change stands alone whatever the person set up for looking at differences', () => {
  const config = { 'diff.external': '/bin/false', 'apply.whitespace': 'error' };
  const made = repository({ 'a.txt': 'a\n' }, config);
  const commit = promoted(made, { 'a.txt': 'b  \n' });
  const alone = aloneOn(made, { parent: made.base, commit });
  expect(alone).toBe(git(made.root, 'rev-parse', `${commit}^{tree}`));
});

test('a checkout is ignored by git, with or without a study', () => {
  const made = repository({ 'a.txt': 'a\n' });
  checkOut(made.root, made.base);
  expect(git(made.root, 'status', '--porcelain')).toBe('');
});

test('why there is no working tree is said as it is', () => {
  const bare = mkdtempSync(join(folder, 'bare-'));
  git(bare, 'init', '--quiet', '--bare');
  expect(() => repositoryAround(bare)).toThrow(/is a bare repository or inside \.git/);
  const none = mkdtempSync(join(folder, 'none-'));
  expect(() => repositoryAround(none)).toThrow(/is in no git repository/);
});

test('a commit that is not here is named, with how to get it', () => {
  const { root } = repository({ 'a.txt': 'a\n' });
  expect(() => checkOut(root, 'a'.repeat(40))).toThrow(/aaaaaaaaaaaa that .*git fetch --unshallow/);
});

test('settings of variables are heard, places of a hook are not', () => {
  const { root, base } = repository({ 'a.txt': 'a\n' });
  const given = {
    GIT_DIR: join(folder, 'nowhere'),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.autocrlf',
    GIT_CONFIG_VALUE_0: 'true',
  };
  Object.assign(process.env, given);
  try {
    expect(readFileSync(join(checkOut(root, base), 'a.txt'), 'utf8')).toBe('a\r\n');
  } finally {
    for (const name of Object.keys(given)) delete process.env[name];
  }
});

test('a checkout that somebody changed is made again: a study is of its commit', () => {
  const { root, base } = repository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
  const files = checkOut(root, base);
  const before = statSync(join(files, 'a.txt')).ino;
  expect(statSync(join(checkOut(root, base), 'a.txt')).ino).toBe(before);
  const changes = [
    () => writeFileSync(join(files, 'a.txt'), 'replaced everywhere\n'),
    () => writeFileSync(join(files, 'c.txt'), 'more\n'),
    () => rmSync(join(files, 'b.txt')),
  ];
  for (const change of changes) {
    change();
    expect(readdirSync(checkOut(root, base)).sort()).toEqual(['a.txt', 'b.txt']);
    expect(readFileSync(join(files, 'a.txt'), 'utf8')).toBe('a\n');
  }
});
