/** A repository as karpathy/autoresearch has it: what is refused of it, and what models are told. */
import { expect, test } from 'vitest';
import { repository } from './fixtures/autoresearch.ts';
import { cli, ending, startCliWith } from './fixtures/cli.ts';

test('models are told what program.md says, as a note that is data', async () => {
  const flags = ['--models', 'openai/some-model', '--requests', '9', '--trials', '3', '--dry-run'];
  const started = startCliWith({ OPENAI_API_KEY: 'x'.repeat(20) }, repository(), 'run', ...flags);
  const { code, stdout } = await ending(started);
  expect(code).toBe(0);
  expect(stdout).toMatch(/<data \w+ "note program\.md">\n# Find a better rate/);
  expect(stdout).toMatch(/<data \w+ "train\.py">/);
  expect(stdout).toMatch(/requests 9/);
});

test('another metric needs a direction, and models a limit', async () => {
  const other = repository({ 'program.md': 'grep "^zeal:" run.log\n' });
  const said = async (...flags: readonly string[]): Promise<string> =>
    (await cli(other, 'run', '--dry-run', ...flags)).stderr;
  expect(await said()).toMatch(/Whether less or more of "zeal" is better cannot be told/);
  expect(await said('--goal', 'max')).toMatch(/zeal is read from what it prints, more is better/);
  expect(await said('--goal', 'max', '--proposers', 'genetic')).toMatch(
    /--proposers is for a folder of OpenEvolve, and this is a study of a repository\./,
  );
  expect(await said('--goal', 'max', '--models', 'openai/x')).toMatch(
    /budget: needs usd, tokens or requests/,
  );
});
