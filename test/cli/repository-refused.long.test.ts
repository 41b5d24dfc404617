/** What is refused of a repository, one sentence each, before anything is spent. */
import { expect, test } from 'vitest';
import { cli, type Ended, ending, startCliWith } from './fixtures/cli.ts';
import { FLAGS, git, repository, write } from './fixtures/repository.ts';

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
