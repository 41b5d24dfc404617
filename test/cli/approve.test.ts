/** `paceline approve` where it is used wrongly: clear sentences, and nothing is written. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

const folder = exampleFolder();

test.each<[readonly string[], RegExp]>([
  [[], /There is no study in .*run paceline run/],
  [['nobody'], /There is no study "nobody"/],
  [['--yes'], /--yes needs --reason/],
  [['--reject', '--reason', ' '], /--reject needs --reason/],
  [['--yes', '--reject', '--reason', 'x'], /--yes and --reject exclude each other/],
  [['--reason', 'x'], /--reason belongs to --yes or --reject/],
  [['some-study', 'first'], /"first" is no request/],
  [['0'], /"0" is no request/],
])('approve %j', async (args, words) => {
  const { code, stderr } = await cli(folder, 'approve', ...args);
  expect(stderr).toMatch(words);
  expect(code).toBe(2);
  expect(existsSync(join(folder, '.paceline'))).toBe(false);
});

test.each<[string, RegExp]>([
  ['autonomy: { level: 2 }', /levels 3 .* and 4 .* are there/],
  ['autonomy: { level: 3 }\nsafety: { approval: { expires: 5s } }', /expires/],
])('a config that says %j is refused', async (more, words) => {
  const config = configWith('budget: { trials: 8 }', `budget: { trials: 8 }\n${more}`);
  const refused = await cli(exampleFolder({ 'paceline.yaml': config }), 'run', '--dry-run');
  expect(refused.stderr).toMatch(words);
  expect(refused.code).toBe(2);
});
