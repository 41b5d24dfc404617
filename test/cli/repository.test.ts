import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, type Ended, emptyFolder, ending, startCliWith } from './fixtures/cli.ts';
import { FILES, FLAGS, git, repository, write } from './fixtures/repository.ts';

test('ideas of a model or an agent from flags: said before anything is spent', async () => {
  const folder = repository();
  const key = { ANTHROPIC_API_KEY: 'planted' };
  const planned = (...more: readonly string[]): Promise<Ended> =>
    ending(startCliWith(key, folder, 'run', ...FLAGS, ...more, '--dry-run'));
  const model = ['--models', 'anthropic/claude-sonnet-4-5'];
  const ran = await planned(...model, '--usd', '1');
  expect([ran.code, ran.stdout], ran.stderr).toEqual([
    0,
    expect.stringMatching(/usd 1[\s\S]*The first call would send:[\s\S]*claude-sonnet-4-5/),
  ]);
  const unbounded = await planned(...model);
  expect(unbounded.stderr).toMatch(/needs usd, tokens or requests/);
  expect((await planned('--agent', 'some-agent')).stderr).toMatch(/--agent and --provider go/);
  const absent = await planned('--agent', 'no-such', '--provider', 'anthropic', '--usd', '1');
  expect(absent.stderr).toMatch(/names the agent "no-such", which is not there/);
}, 60_000);

test('outside a repository', async () => {
  const ran = await cli(emptyFolder(), 'run', ...FLAGS);
  const why = expect.stringMatching(/is in no git repository.*git init/);
  expect([ran.code, ran.stderr]).toEqual([73, why]);
});

test('what would not be what the person sees is refused, one sentence each', async () => {
  const folder = repository();
  const says = async (...args: readonly string[]): Promise<string> => {
    const ran = await cli(folder, 'run', ...args, '--dry-run');
    expect(ran.code).not.toBe(0);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    return ran.stderr;
  };
  expect(await says('--source', 'src/knob.mjs', '--metric', 'cost')).toMatch(
    /needs --source, --eval and --metric/,
  );
  expect(await says(...FLAGS, '--config', 'x.yaml')).toMatch(/Leave one of them out/);
  expect(await says(...FLAGS.with(1, '../elsewhere.js'))).toMatch(/not a file of the repository/);
  expect(await says(...FLAGS.with(1, 'src/nothing.mjs'))).toMatch(
    /matches no file in the commit [0-9a-f]{12}\. Correct it, or commit that file;/,
  );
  const unmeasured = await cli(folder, 'run', ...FLAGS.with(5, 'total'));
  expect([unmeasured.code, unmeasured.stderr]).toEqual([
    2,
    expect.stringMatching(/printed no total.* Its last line: cost: /),
  ]);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  write(folder, { 'src/knob.mjs': 'export const knob = 4;\n' });
  expect(await says(...FLAGS)).toMatch(
    /differs from its commit: src\/knob.mjs\. Commit that, or add --stash/,
  );
  git(folder, 'stash');
  git(folder, 'checkout', '--quiet', '-b', 'other', 'main');
  write(folder, { 'src/knob.mjs': 'export const knob = 5;\n' });
  git(folder, 'commit', '--quiet', '--all', '--message', 'other');
  git(folder, 'checkout', '--quiet', 'main');
  write(folder, { 'src/knob.mjs': 'export const knob = 6;\n' });
  git(folder, 'commit', '--quiet', '--all', '--message', 'mine');
  try {
    git(folder, 'rebase', 'other');
  } catch {
    // It stops at the conflict, as it should.
  }
  expect(await says(...FLAGS)).toMatch(/A rebase is in progress.*--abort/);
  git(folder, 'rebase', '--abort');
});

test('--stash puts what differs aside, where git stash pop finds it, once nothing else is refused', async () => {
  const folder = repository();
  write(folder, { 'src/knob.mjs': 'export const knob = 4;\n' });
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
  rmSync(join(folder, '.git/MERGE_HEAD'));
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
