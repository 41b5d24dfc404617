/** A replicate set from the command line: interrupted, resumed as a whole, verified, doubted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, ending, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

interface SetResult {
  readonly set: string;
  readonly finished: number;
  readonly words: string;
  readonly pairs: readonly {
    readonly seed: string;
    readonly study: string;
    readonly effect: number;
  }[];
}

test('five paired studies: Ctrl-C after the second, resume, verify, and a number changed', {
  timeout: 180_000,
}, async () => {
  const folder = exampleFolder();
  const child = startCli(folder, 'run', '--replicates', '5', '--trials', '2');
  const said = untilSaid(child, /pair 1 of 5: /).then((text) => {
    child.kill('SIGINT');
    return text;
  });
  const first = await ending(child);
  expect(await said).toMatch(/not testable yet: 1 of 5 paired studies are finished/);
  expect(first.code).toBe(130);
  const id = /paceline resume (\S+)/.exec(first.stdout)?.[1] ?? '';
  const resumed = await cli(folder, 'resume', id, '--json', '--quiet');
  expect(resumed.stderr).toBe('');
  const result = resumed.json() as unknown as SetResult;
  expect(result).toMatchObject({ set: id, finished: 5 });
  expect(result.words).toMatch(/^(search helped|search hurt|no evidence): difference /);
  expect(new Set(result.pairs.map(({ seed }) => seed)).size).toBe(5);
  const verified = await cli(folder, 'verify', id);
  expect(verified.stdout).toContain(result.words);
  expect(verified.code).toBe(0);
  expect(readFileSync(join(folder, '.paceline/replicates', id, 'report.md'), 'utf8')).toContain(
    result.words,
  );
  const path = join(folder, '.paceline/replicates', id, 'set.json');
  const set = JSON.parse(readFileSync(path, 'utf8')) as { pairs: { effect: number }[] };
  (set.pairs[2] as { effect: number }).effect += 1;
  writeFileSync(path, JSON.stringify(set));
  const doubted = await cli(folder, 'verify', id);
  expect(doubted.stdout).toMatch(/recorded as .*; its ledger gives/);
  expect(doubted.code).toBe(65);
});

test('numbers that cannot decide are refused before anything is spent', {
  timeout: 60_000,
}, async () => {
  const folder = exampleFolder();
  const few = await cli(folder, 'run', '--replicates', '4');
  expect(few.code).toBe(2);
  expect(few.stderr).toMatch(/fewer than 5 cannot reach 5 %/);
  const both = await cli(folder, 'run', '--replicates', '6', '--max', '9');
  expect(both.stderr).toMatch(/--max bounds --replicates until-decided/);
});
