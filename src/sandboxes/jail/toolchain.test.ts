import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { preparer } from './prepared.ts';
import { toolchainOf } from './toolchain.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'paceline-toolchain-')));
const home = join(folder, 'home');
const work = join(folder, 'work');
mkdirSync(work);
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

function program(path: string, text = ''): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const shownFor = (path: string, cwd = work): readonly string[] => {
  vi.stubEnv('HOME', home);
  return toolchainOf(path, cwd).reads.filter((read) => read.startsWith(folder));
};

test('an installation is shown as a whole', () => {
  const prefix = join(home, '.pyenv/versions/3.12');
  expect(shownFor(program(join(prefix, 'bin/python')))).toEqual([prefix]);
  expect(shownFor(program(join(folder, 'opt/go/bin/go')))).toEqual([join(folder, 'opt/go')]);
});

test.each(['bin/tool', '.local/bin/tool', '.cargo/bin/tool'])(
  'planted: of a home with keys, ~/%s shows itself alone',
  (name) => {
    const path = program(join(home, name));
    expect(shownFor(path)).toEqual([path]);
  },
);

test('planted: the bin of a project shows no project', () => {
  const path = program(join(work, 'bin/evaluate'));
  expect(shownFor(path)).toEqual([path]);
  expect(shownFor('bin/evaluate')).toEqual([path]);
});

test('planted: a candidate does not choose the program behind a shim', () => {
  const shims = join(folder, 'pyenv/shims');
  program(join(shims, 'python'));
  // As pyenv does: the version is what the folder says, or the nearest one above it.
  program(join(folder, 'pyenv/bin/pyenv'), `#!/bin/sh\necho "$(cat .python-version)/bin/python"\n`);
  vi.stubEnv('PATH', `${shims}:${process.env['PATH']}`);
  const candidate = join(work, 'candidate');
  mkdirSync(candidate);
  writeFileSync(join(work, '.python-version'), '/ours');
  writeFileSync(join(candidate, '.python-version'), '/its/own');
  const run = { argv: ['python'], cwd: candidate, environment: {}, reads: [], hides: [] };
  const limits = { wallMs: 1, outputBytes: 1 };
  const prepared = preparer(undefined)({ ...run, writes: [candidate], answersOn: 1, limits });
  expect(prepared.argv).toEqual(['/ours/bin/python']);
});
