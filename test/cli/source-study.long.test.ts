import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, ending, startCli, untilSaid } from './fixtures/cli.ts';
import { SOURCE_CONFIG, sourceFolder, withBody } from './fixtures/source-task.ts';

test('an interrupted study goes on until its candidates are used up', {
  timeout: 300_000,
}, async () => {
  const others = Array.from({ length: 6 }, (_, i) => {
    const body = `(samples[${i}] ?? 0) + ${i}`;
    return [`candidates/other-${i}/src/estimate.ts`, withBody(body)] as const;
  });
  const folder = sourceFolder({
    ...Object.fromEntries(others),
    'paceline.yaml': SOURCE_CONFIG.replace('trials: 8', 'trials: 2000'),
  });
  const child = startCli(folder, 'run');
  const ended = ending(child);
  await untilSaid(child, /searching/);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  const edited = SOURCE_CONFIG.replace('trials: 8', 'trials: 3000').replace(
    'workers: 2',
    'workers: 1',
  );
  writeFileSync(join(folder, 'paceline.yaml'), edited);
  const resumed = await cli(folder, 'resume', '--json');
  expect(resumed.stderr).toMatch(
    /^paceline\.yaml was edited, but estimate-\w+ goes on as .* \(different there: budget\.trials, workers\)\..*steer budget/m,
  );
  expect(resumed.json()).toMatchObject({ status: 'exhausted', stoppedBy: 'proposers' });
  expect(resumed.json()['control']).toHaveLength(2);
  expect((await cli(folder, 'verify')).code).toBe(0);
});
