/** What happens to a portfolio when a study of it fails, is locked, or a person interrupts or stops it. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { acquireLock } from '../../src/stores/study-lock.ts';
import { cli, ending, startCli, untilSaid } from './fixtures/cli.ts';
import { portfolioFolder } from './fixtures/portfolio-folder.ts';

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

test('beyond the disk cap of all folders together no turn begins', {
  timeout: 20_000,
}, async () => {
  const folder = portfolioFolder(['alpha', 'beta']);
  const portfolio = join(folder, 'paceline.portfolio.yaml');
  writeFileSync(portfolio, `${readFileSync(portfolio, 'utf8')}storage: { cap: 1mb }\n`);
  for (const name of ['alpha', 'beta']) {
    mkdirSync(join(folder, name, '.paceline'));
    writeFileSync(join(folder, name, '.paceline/old'), Buffer.alloc(600 * 1024));
  }
  const full = await cli(folder, 'run', '--portfolio');
  expect(full.code).toBe(74);
  expect(full.stderr).toMatch(/and 2 more hold 1\.2mb, more than storage\.cap \(1mb\)/);
  expect(full.stderr).not.toMatch(/turn 1/);
  expect((await cli(folder, 'status')).stdout).toMatch(/interrupted[\s\S]*alpha +planned/);
  writeFileSync(portfolio, readFileSync(portfolio, 'utf8').replace('cap: 1mb', 'cap: 5mb'));
  const goesOn = startCli(folder, 'resume');
  await untilSaid(goesOn, /turn 1/);
  goesOn.kill('SIGKILL');
});

test.each([
  ['its files and its first entry', false],
  ['its secret and its place', true],
])('killed between %s, a study begins', { timeout: 20_000 }, async (_where, isAside) => {
  const folder = portfolioFolder(['alpha']);
  const first = startCli(folder, 'run', '--portfolio');
  await untilSaid(first, /turn 1: alpha/);
  while (!existsSync(join(folder, 'alpha/.paceline/studies'))) await sleep(5);
  await sleep(50);
  first.kill('SIGKILL');
  await ending(first);
  const studies = join(folder, 'alpha/.paceline/studies');
  const [id = ''] = readdirSync(studies);
  for (const file of readdirSync(join(studies, id)))
    if (file.startsWith('ledger.db')) rmSync(join(studies, id, file));
  if (isAside) {
    const aside = join(folder, `alpha/.paceline/new-${2 ** 30}-a`);
    mkdirSync(aside);
    renameSync(join(studies, id), join(aside, id));
  }
  const resumed = await cli(folder, 'resume');
  expect(resumed.stderr).toMatch(/turn \d: alpha/);
  expect(resumed.code).toBe(0);
  expect((await cli(join(folder, 'alpha'), 'verify')).code).toBe(0);
});
