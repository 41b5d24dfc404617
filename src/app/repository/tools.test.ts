import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { interpretersOf } from './interpreters.ts';
import { toolsOf } from './tools.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'paceline-tools-')));
afterAll(() => rmSync(folder, { recursive: true }));

const top = join(folder, 'repository');
const cwd = join(top, 'packages', 'a');
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@localhost', ...args], {
    cwd: top,
    encoding: 'utf8',
  }).trim();
for (const path of ['src', 'vendor', 'node_modules', 'packages/a/.venv', 'packages/b/.venv']) {
  mkdirSync(join(top, path), { recursive: true });
}
writeFileSync(join(top, 'src', 'a.js'), '');
git('init', '--quiet');
git('add', '--all');
git('commit', '--quiet', '--message', 'first');
const commit = git('rev-parse', 'HEAD');
const tools = (...named: readonly string[]) => toolsOf({ top, commit, cwd, named });

test('what is installed from the top to where the person stands is found, what is named comes with it', () => {
  expect(tools()).toEqual(['node_modules', 'packages/a/.venv']);
  expect(tools('../../vendor')).toEqual(['node_modules', 'packages/a/.venv', 'vendor']);
});

test.each([
  ['../../src', 'is in the commit'],
  ['../../nothing', 'is no folder'],
  ['../../../elsewhere', 'is no folder inside the repository'],
  ['../..', 'is no folder inside the repository'],
  ['../../.git', 'is never shown'],
])('%s is refused: %s', (path, why) => {
  expect(() => tools(path)).toThrow(`--tools ${path} ${why}`);
});

test('a Python outside of the system is shown under the names its .venv has for it', () => {
  const [real, named] = [join(folder, 'python-3.1.4'), join(folder, 'python-3.1')];
  const venv = join(cwd, '.venv');
  for (const path of [join(real, 'bin'), join(venv, 'bin')]) mkdirSync(path, { recursive: true });
  symlinkSync(real, named);
  writeFileSync(join(real, 'bin', 'python3.1'), '');
  symlinkSync(join(named, 'bin', 'python3.1'), join(venv, 'bin', 'python'));
  writeFileSync(join(venv, 'pyvenv.cfg'), `home = ${join(named, 'bin')}\n`);
  expect(interpretersOf(venv)).toEqual([real, named]);
  // Whatever it calls its home: nothing else is shown for it.
  writeFileSync(join(venv, 'pyvenv.cfg'), 'home = /root/bin\n');
  expect(interpretersOf(venv)).toEqual([real]);
  expect(interpretersOf(join(top, 'node_modules'))).toEqual([]);
});
