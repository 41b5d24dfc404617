/** No option is taken and left lying. */
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addCompare } from './compare.ts';

test.each([
  ['--evals', '5000', /--evals is about studies still to be run.*--unit and --amount/],
  ['--workers', '2', /--workers is about studies still to be run/],
  ['--pairs', '32', /--pairs is about candidates and studies.*--seeds/],
  ['--study', 'a', /--study is about candidates and studies/],
])('improvers are not compared with %s, which would change nothing', async (flag, value, words) => {
  const program = new Command();
  addCompare(program);
  const asked = ['compare', '--improvers', 'no-such', 'no-such', flag, value];
  await expect(program.parseAsync(asked, { from: 'user' })).rejects.toThrow(words);
});
