/** A sealed hold-out as people meet it: in a run, its report, a candidate, and when its record is lost. */
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

const folderWith = (splits: string): string =>
  exampleFolder({
    'paceline.yaml': configWith('budget: { trials: 8 }', `budget: { trials: 8 }\n${splits}`),
  });
const HOLDOUT = 'splits: { holdout: { cases: 24, queries: 5 } }';

interface Ran {
  readonly promotions: readonly { readonly candidate: string }[];
  readonly incumbent: {
    readonly metrics: {
      readonly holdout: { readonly queriesAsked: number; readonly queriesLeft: number };
    };
  };
}

test('run, show, report and verify a study behind a hold-out', { timeout: 240_000 }, async () => {
  const folder = folderWith(HOLDOUT);
  const ran = await cli(folder, 'run', '--json');
  expect(ran.stderr).toMatch(/Hold-out set 1 sealed: 24 cases, 5 questions\./);
  expect(ran.stderr).toMatch(/Trial \d+ at the hold-out: .*\(set 1, question 1, 4 left\)/);
  const { promotions, incumbent } = ran.json() as unknown as Ran;
  expect(promotions.length).toBeGreaterThan(0);
  // Under the study's own secret a set may contradict a promotion by chance, and then the next one is sealed.
  const sets = ran.stderr.match(/Hold-out set \d+ sealed/g)?.length ?? 0;
  const { holdout } = incumbent.metrics;
  expect(holdout).toMatchObject({ set: sets, excess: { n: 24 } });
  expect(holdout.queriesAsked + holdout.queriesLeft).toBe(5);
  if (sets === 1) expect(holdout.queriesAsked).toBe(promotions.length);
  expect((await cli(folder, 'show')).stdout).toMatch(
    /note: sealed hold-out: .*\(set \d+, question/,
  );
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const report = readFileSync(join(folder, '.paceline/studies', study, 'report/report.md'), 'utf8');
  expect(report).toMatch(/Sealed hold-out, reused and so not the gain: the final incumbent/);
  expect(report).toMatch(/never the reported gain/);
  const [, unchecked = ''] = /\| safety\.uncheckedNames \| ([^|]*)/.exec(report) ?? [];
  expect(unchecked).toMatch(/C1 jail verdict/);
  expect(unchecked).not.toMatch(/C4/);
  const verified = await cli(folder, 'verify');
  expect(verified.code).toBe(0);
  expect(verified.stdout).not.toMatch(/record is not here/);
  const record = join(folder, '.paceline/gate', `${study}.db`);
  expect(statSync(record).mode & 0o777).toBe(0o600);
  rmSync(record);
  const blind = await cli(folder, 'verify');
  expect(blind.code).toBe(0);
  expect(blind.stdout).toMatch(/what the sealed hold-out gave.*record is not here/);
});

test('a study does not go on without the gate’s record, or with an older copy of it', {
  timeout: 240_000,
}, async () => {
  const folder = folderWith(HOLDOUT);
  const child = startCli(folder, 'run', '--trials', '100000');
  const ended = new Promise((resolve) => child.on('close', resolve));
  await untilSaid(child, /Hold-out set 1 sealed/);
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  const record = join(folder, '.paceline/gate', `${study}.db`);
  const [older, newer] = [join(folder, 'older.db'), join(folder, 'newer.db')];
  copyFileSync(record, older);
  await untilSaid(child, /Promoted/);
  child.kill('SIGINT');
  await ended;
  copyFileSync(record, newer);
  copyFileSync(older, record);
  const behind = await cli(folder, 'resume', study);
  expect(behind.stderr).toMatch(/older copy/);
  expect(behind.code).toBe(73);
  rmSync(record);
  const gone = await cli(folder, 'resume', study);
  expect(gone.stderr).toMatch(/The gate's record .* is gone/);
  expect(gone.code).toBe(73);
  copyFileSync(newer, record);
  const again = startCli(folder, 'resume', study);
  await untilSaid(again, /searching/);
  const resumed = new Promise((resolve) => again.on('close', resolve));
  again.kill('SIGINT');
  expect(await resumed).toBe(130);
});
