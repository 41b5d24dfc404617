/** A study on real source files, from the config to a verified report. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, ending, startCli, untilSaid } from './fixtures/cli.ts';
import { MEAN, ORIGIN, SOURCE_CONFIG, sourceFolder } from './fixtures/source-task.ts';

test('run, show, report, verify; workers change nothing', { timeout: 180_000 }, async () => {
  const folder = sourceFolder();
  const ran = await cli(folder, 'run', '--quiet', '--json');
  expect(ran.stderr).toBe('');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 8 } });
  expect(ran.json()['promotions']).toHaveLength(1);
  expect((await cli(folder, 'show', '--source')).stdout.trimEnd()).toBe(MEAN.trimEnd());
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const [id = ''] = readdirSync(join(folder, '.paceline/studies'));
  const report = join(folder, '.paceline/studies', id, 'report/report.md');
  expect(readFileSync(report, 'utf8')).toContain('samples.reduce(');
  expect(existsSync(join(folder, '.paceline/work', id))).toBe(false);
  expect(readFileSync(join(folder, 'src/estimate.ts'), 'utf8')).toBe(ORIGIN);
  const alone = await cli(folder, 'run', '--quiet', '--json', '--workers', '1');
  for (const key of ['trials', 'measurements']) expect(alone.json()[key]).toEqual(ran.json()[key]);
});

test('an interrupted study goes on', { timeout: 180_000 }, async () => {
  const folder = sourceFolder({
    'paceline.yaml': SOURCE_CONFIG.replace('trials: 8', 'trials: 200'),
  });
  const child = startCli(folder, 'run');
  const ended = ending(child);
  await untilSaid(child, /searching/);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  const resumed = await cli(folder, 'resume', '--json');
  expect(resumed.json()).toMatchObject({ status: 'budget', trials: { total: 200 } });
  expect((await cli(folder, 'verify')).code).toBe(0);
});
