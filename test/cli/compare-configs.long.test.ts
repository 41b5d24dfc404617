/** Two configurations: interrupted, resumed, interrupted again, verified, and a number changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, cli, ending, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

test('Ctrl-C after each replicate, resume, verify', { timeout: 240_000 }, async () => {
  const other = CONFIG.replace('lambda: 8', 'lambda: 12');
  const folder = exampleFolder({ 'other.yaml': other });
  const until = async (said: RegExp, ...args: readonly string[]): Promise<string> => {
    const child = startCli(folder, ...args);
    const ended = ending(child);
    await untilSaid(child, said);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    return /paceline resume (\S+)/.exec(stdout)?.[1] ?? '';
  };
  const args = ['other.yaml', '--replicates', '5', '--trials', '1', '--pairs', '8'];
  const id = await until(/replicate 1 of 5: /, 'compare', 'paceline.yaml', ...args);
  const path = join(folder, '.paceline/comparisons', `${id}.json`);
  const read = () => JSON.parse(readFileSync(path, 'utf8'));
  const [first] = read().replicates;
  expect(await until(/replicate 2 of 5: /, 'resume', id)).toBe(id);
  const record = read();
  expect(record.replicates[0]).toEqual(first);
  expect(record.words).toMatch(/^paceline\.yaml against other\.yaml: not testable yet, 2 of 5/);
  const verified = await cli(folder, 'verify', id);
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining(record.words)]);
  Object.assign(record.replicates[0].result, { effect: 9, atEvals: 1 });
  writeFileSync(path, JSON.stringify(record));
  const doubted = await cli(folder, 'verify', id);
  expect(doubted.stdout).toMatch(/its ledger gives another final, or another spend/);
  expect(doubted.stdout).toMatch(/recorded as 9; the pairs give/);
  expect(doubted.code).toBe(65);
});
