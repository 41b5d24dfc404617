/** `paceline approve` where it is used wrongly: clear sentences, and nothing is written. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isThorough } from '../thorough.ts';
import { refusedByConfig } from './fixtures/bad.ts';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

const folder = exampleFolder();

type Wrong = readonly [readonly string[], RegExp];
const WRONG: readonly Wrong[] = [
  [[], /There is no study in .*run paceline run/],
  [['--yes'], /--yes needs --reason/],
  [['--yes', '--reject', '--reason', 'x'], /--yes and --reject exclude each other/],
  [['0'], /"0" is no request/],
];
const VARIANTS: readonly Wrong[] = [
  [['nobody'], /There is no study "nobody"/],
  [['--reject', '--reason', ' '], /--reject needs --reason/],
  [['--reason', 'x'], /--reason belongs to --yes or --reject/],
  [['some-study', 'first'], /"first" is no request/],
];

test.each([...WRONG, ...(isThorough ? VARIANTS : [])])('approve %j', async (args, words) => {
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
  const wrong = exampleFolder({ 'paceline.yaml': config });
  const read = refusedByConfig(wrong);
  expect([read?.exitCode, read?.message]).toEqual([2, expect.stringMatching(words)]);
  if (!isThorough) return;
  const refused = await cli(wrong, 'run', '--dry-run');
  expect(refused.stderr).toMatch(words);
  expect(refused.code).toBe(2);
});
