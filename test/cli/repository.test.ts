import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thorough } from '../thorough.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';
import { FILES, FLAGS, git, repository, write } from './fixtures/repository.ts';

test('outside a repository', async () => {
  const ran = await cli(emptyFolder(), 'run', ...FLAGS);
  const why = expect.stringMatching(/is in no git repository.*git init/);
  expect([ran.code, ran.stderr]).toEqual([73, why]);
});

/** A repository with one change that is not in the commit. */
function edited(): string {
  const folder = repository();
  write(folder, { 'src/knob.mjs': 'export const knob = 4;\n' });
  return folder;
}

thorough('--stash puts nothing aside while something else is refused', async () => {
  const folder = edited();
  const untouched = async (words: RegExp, ...args: readonly string[]): Promise<void> => {
    const ran = await cli(folder, 'run', ...args);
    expect(ran.stderr).toMatch(words);
    expect(git(folder, 'stash', 'list')).toBe('');
    expect(git(folder, 'status', '--porcelain')).toBe('M src/knob.mjs');
  };
  await untouched(/would put 1 changed file aside/, ...FLAGS, '--stash', '--dry-run');
  await untouched(/matches no file/, ...FLAGS.with(1, 'src/nothing.mjs'), '--stash');
  writeFileSync(join(folder, '.git/MERGE_HEAD'), git(folder, 'rev-parse', 'HEAD'));
  await untouched(/A merge is in progress/, ...FLAGS, '--stash');
});

test('--stash puts what differs aside, where git stash pop finds it', async () => {
  const folder = edited();
  // Refused after it is put aside, so that nothing is spent here: the metric is none.
  const ran = await cli(folder, 'run', ...FLAGS.with(5, 'total'), '--stash');
  expect(ran.stderr).toMatch(/Put 1 changed file aside: git stash pop brings/);
  expect(git(folder, 'stash', 'list')).toMatch(/put aside by paceline run --stash/);
  git(folder, 'stash', 'pop');
  expect(readFileSync(join(folder, 'src/knob.mjs'), 'utf8')).toContain('= 4');
});

test('what is not there, and what does not run, is named before anything happens', async () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n';
  const folder = repository({ ...FILES, 'data/large.bin': pointer });
  const allow = ['-c', 'protocol.file.allow=always'];
  git(folder, ...allow, 'submodule', '--quiet', 'add', repository(), 'vendor/other');
  git(folder, 'commit', '--quiet', '--message', 'with a submodule');
  writeFileSync(join(folder, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  // No part of the commit, and git stash would pass it by.
  write(folder, { 'vendor/other/measure.mjs': 'edited' });
  const ran = await cli(folder, 'run', ...FLAGS, '--dry-run');
  expect(ran.stderr).toMatch(/Submodules are empty in the checkout: "vendor\/other"/);
  expect(ran.stderr).toMatch(/only the pointers are there: "data\/large\.bin"/);
  expect(ran.stderr).toMatch(/Hooks do not run .*pre-commit/);
  expect(ran.code).toBe(0);
});
