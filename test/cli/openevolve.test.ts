/** A folder of OpenEvolve, looked at; openevolve-refused.long.test.ts has what is refused of one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from './fixtures/cli.ts';
import { openEvolveFolder } from './fixtures/openevolve.ts';

test('a dry run asks nothing and writes nothing', async () => {
  const folder = openEvolveFolder('constant', 'max_iterations: 3\n');
  const dry = await cli(folder, 'run', '--proposers', 'genetic', '--dry-run');
  expect([dry.code, dry.stdout]).toEqual([0, expect.stringMatching(/budget {5}trials 3/)]);
  expect(dry.stderr).toMatch(/A run asks the evaluator first/);
  expect(existsSync(join(folder, '.paceline/studies'))).toBe(false);
});
