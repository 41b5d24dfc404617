/** The tour heuristic from init to verify. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from '../../test/cli/fixtures/cli.ts';

test('the example runs from init to verify', { timeout: 60_000 }, async () => {
  const folder = emptyFolder();
  expect((await cli(folder, 'init', '.', '--example', 'tsp')).code).toBe(0);
  const config = join(folder, 'paceline.yaml');
  const small = readFileSync(config, 'utf8').replace(
    'cities: 50, instances: 12',
    'cities: 20, instances: 4',
  );
  writeFileSync(config, small);
  const ran = await cli(folder, 'run', '--trials', '1', '--json');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 1 } });
  expect((await cli(folder, 'verify')).code).toBe(0);
});
