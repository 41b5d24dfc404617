/** Several studies under one budget, from the command line: killed, resumed, reported, verified, doubted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, ending, startCli, untilSaid } from './fixtures/cli.ts';
import { portfolioFolder, shown } from './fixtures/portfolio-folder.ts';

test('kill -9 and resume: each study ends as it does alone, with nothing spent twice', {
  timeout: 60_000,
}, async () => {
  const folder = portfolioFolder(['alpha', 'beta']);
  const first = startCli(folder, 'run', '--portfolio');
  await untilSaid(first, /turn 2: beta/);
  first.kill('SIGKILL');
  await ending(first);
  const { id, state } = await shown(folder);
  expect(state).toBe('interrupted');
  const resumed = await cli(folder, 'resume', '--json');
  expect(resumed.code).toBe(0);
  expect(resumed.json()).toMatchObject({ schema: 'paceline.portfolio/1', id, status: 'finished' });
  const after = await shown(folder);
  const moves = readFileSync(join(folder, '.paceline/portfolios', id, 'moves.jsonl'), 'utf8');
  const granted = moves.match(/"move":"granted","study":"(alpha|beta)/g) ?? [];
  expect(granted.length).toBeGreaterThan(3);
  expect(after.studies.map((one) => one.state)).toEqual(['finished', 'finished']);
  const report = readFileSync(join(folder, '.paceline/portfolios', id, 'report.md'), 'utf8');
  expect(report).toMatch(/\[alpha\]\(\S+\/report\.html\)/);
  expect(report).toMatch(
    /\| 1 \| alpha \| furthest behind its share, 50 % by expected gain per cost \|/,
  );
  const verified = await cli(folder, 'verify', id);
  expect(verified.stdout).toMatch(/holds[\s\S]*2 studies verified/);
  const spared = await cli(join(folder, 'alpha'), 'gc', '--keep', '0');
  expect(spared.stdout).toMatch(new RegExp(`alpha-\\w+ .+ belongs to the portfolio ${id} of `));
  expect((await cli(folder, 'verify', id)).code).toBe(0);
  const path = join(folder, '.paceline/portfolios', id, 'moves.jsonl');
  writeFileSync(
    path,
    moves.replace(/"evals":(\d+)/, (_all, evals) => `"evals":${Number(evals) - 1}`),
  );
  const doubted = await cli(folder, 'verify', id);
  expect(doubted.code).toBe(65);
  expect(doubted.stdout).toMatch(/recorded of (alpha|beta) is not what its ledger says/);
  expect((await cli(folder, 'resume', id)).stderr).toMatch(/is finished\. Read it with/);
});

test('what is about one study is refused', { timeout: 20_000 }, async () => {
  const folder = portfolioFolder(['alpha']);
  const refused = await cli(folder, 'run', '--portfolio', '--seed', '2');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/--seed is about one study/);
  expect((await cli(folder, 'stop', 'portfolio-none')).code).toBe(2);
});
