import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { aloneOn } from './split.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-split-'));
afterAll(() => rmSync(root, { recursive: true }));

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@localhost', ...args], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

/** Forty lines; those named are replaced. */
function committed(change: Readonly<Record<number, string>>): string {
  const lines = Array.from({ length: 40 }, (_, i) => change[i] ?? `line ${i}`);
  writeFileSync(join(root, 'a.txt'), `${lines.join('\n')}\n`);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'next');
  return git('rev-parse', 'HEAD');
}

git('init', '--quiet');
const base = committed({});
const first = committed({ 3: 'first' });

test('a change that stands alone has the base and nothing of the one before', () => {
  const second = committed({ 3: 'first', 30: 'second' });
  const tree = aloneOn({ root, base }, { parent: first, commit: second }) ?? '';
  const text = git('cat-file', 'blob', `${tree}:a.txt`);
  expect(text).toContain('second');
  expect(text).not.toContain('first');
  expect(git('status', '--porcelain')).toBe('');
});

test('one that needs the promotion before it does not', () => {
  const third = committed({ 3: 'first, then third', 30: 'second' });
  expect(aloneOn({ root, base }, { parent: first, commit: third })).toBeUndefined();
});
