/** A study with a promotion behind it is paused, resumed and stopped; a set is paused. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, ending, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

const LONG = { 'paceline.yaml': configWith('trials: 8', 'trials: 5000') };
const SECONDS = 30_000;

test('Ctrl-C pauses; two at once are refused; resume goes on; stop finishes', {
  timeout: 2 * SECONDS,
}, async () => {
  const folder = exampleFolder(LONG);
  const first = startCli(folder, 'run');
  const ended = ending(first);
  await untilSaid(first, /Promoted/);
  const second = await cli(folder, 'resume', '--quiet');
  expect(second.code).toBe(75);
  expect(second.stderr).toMatch(new RegExp(String(first.pid)));
  first.kill('SIGINT');
  const interrupted = await ended;
  expect(interrupted.code).toBe(130);
  expect(interrupted.stdout).toMatch(/paceline resume packing-test-/);
  const again = startCli(folder, 'resume');
  const finished = ending(again);
  await untilSaid(again, /searching/);
  expect((await cli(folder, 'stop')).code).toBe(0);
  const { code, stdout } = await finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(/Report: /);
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'stop')).stderr).toMatch(/not running/);
});

test('SIGTERM pauses a replicate set: a study that is stopped early would be no pair of it', {
  timeout: 2 * SECONDS,
}, async () => {
  const folder = exampleFolder(LONG);
  const until = async (...args: readonly string[]) => {
    const child = startCli(folder, ...args);
    const ended = ending(child);
    await untilSaid(child, /searching|confirming/);
    child.kill('SIGTERM');
    return ended;
  };
  const first = await until('run', '--replicates', '5');
  expect([first.code, first.stdout]).toEqual([130, expect.stringMatching(/nothing is lost/)]);
  const [id = ''] = readdirSync(join(folder, '.paceline/replicates'));
  const again = await until('resume', id);
  expect([again.code, again.stdout]).toEqual([130, expect.stringMatching(/nothing is lost/)]);
});
