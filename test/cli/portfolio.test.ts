/** Several studies under one budget, from the command line: killed, interrupted, broken, finished. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from '../../src/stores/study-lock.ts';
import { cli, emptyFolder, ending, startCli, untilSaid } from './fixtures/cli.ts';
import { EVALUATE, SOURCE_CONFIG, withBody, writeSource } from './fixtures/source-task.ts';

/** One trial at a time: a turn of one trial is one trial. */
const configOf = (name: string): string =>
  `${SOURCE_CONFIG.replace('name: estimate', `name: ${name}`)}lookahead: 1\ncontrol: { arms: [] }\n`;

/** Nothing of it is ever promoted, so a study takes two seconds; the evaluator needs a file beside it. */
const FILES = {
  'evaluator/evaluate.ts': EVALUATE.replace(
    'export async function evaluate(',
    `import { readFileSync } from 'node:fs';
export async function evaluate(`,
  ).replace(
    'const { shifted }',
    "readFileSync(join(import.meta.dirname, '../data.txt'));\n  const { shifted }",
  ),
  'candidates/mean/src/estimate.ts': withBody('samples[1] ?? 0'),
  'data.txt': '',
};

function portfolioFolder(names: readonly string[], rest = 'slice: { trials: 1 }'): string {
  const folder = emptyFolder();
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeSource(join(folder, name), { ...FILES, 'paceline.yaml': configOf(name) });
  }
  writeFileSync(
    join(folder, 'paceline.portfolio.yaml'),
    `studies: [${names.join(', ')}]\n${rest}\n`,
  );
  return folder;
}

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly turns: number;
  readonly studies: readonly {
    readonly name: string;
    readonly state: string;
    readonly turns: number;
    readonly reading?: { readonly evals: number; readonly trials: number };
  }[];
}

async function shown(folder: string): Promise<Shown> {
  const { portfolios } = (await cli(folder, 'status', '--json')).json() as unknown as {
    portfolios: readonly Shown[];
  };
  return portfolios[0] as Shown;
}

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

test('one broken study ends no other; mended, it goes on; Ctrl-C pauses, stop finishes', {
  timeout: 60_000,
}, async () => {
  const folder = portfolioFolder(['alpha', 'beta']);
  const data = join(folder, 'alpha/data.txt');
  rmSync(data);
  const first = startCli(folder, 'run', '--portfolio');
  const ended = ending(first);
  const said = await untilSaid(first, /turn \d: beta/);
  expect(said).toMatch(/alpha is set aside: .*data\.txt/);
  const whole = await ended;
  expect(whole.code).toBe(2);
  expect(whole.stdout).toMatch(/alpha +failed[\s\S]*beta +finished[\s\S]*alpha: .*data\.txt/);
  writeFileSync(data, '');
  const again = startCli(folder, 'resume');
  const paused = ending(again);
  await untilSaid(again, /turn \d: alpha/);
  again.kill('SIGINT');
  expect((await paused).code).toBe(130);
  expect((await paused).stdout).toMatch(/alpha +waiting[\s\S]*paceline resume portfolio-/);
  const last = startCli(folder, 'resume');
  const finished = ending(last);
  await untilSaid(last, /turn \d: alpha/);
  expect((await cli(folder, 'stop')).code).toBe(0);
  expect((await finished).code).toBe(0);
  expect((await finished).stdout).toMatch(/alpha +finished/);
});

test('a study that another process runs is passed over and said; resume takes it when it is free', {
  timeout: 60_000,
}, async () => {
  const folder = portfolioFolder(['alpha', 'beta']);
  const first = startCli(folder, 'run', '--portfolio');
  await untilSaid(first, /turn 2: beta/);
  first.kill('SIGINT');
  const { stdout } = await ending(first);
  const id = /paceline resume (\S+)/.exec(stdout)?.[1] ?? '';
  const [study = ''] = readdirSync(join(folder, 'alpha/.paceline/studies'));
  const lock = acquireLock(join(folder, 'alpha/.paceline/studies', study), study, 0);
  const without = await cli(folder, 'resume', id);
  expect(without.code).toBe(75);
  expect(without.stdout).toMatch(
    new RegExp(`alpha +locked[\\s\\S]*beta +finished[\\s\\S]*${process.pid}`),
  );
  lock.release();
  expect((await cli(folder, 'resume', id)).code).toBe(0);
});

test('what is about one study is refused', { timeout: 20_000 }, async () => {
  const folder = portfolioFolder(['alpha']);
  const refused = await cli(folder, 'run', '--portfolio', '--seed', '2');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/--seed is about one study/);
  expect((await cli(folder, 'stop', 'portfolio-none')).code).toBe(2);
});
