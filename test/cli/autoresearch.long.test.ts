/** A repository as karpathy/autoresearch has it, run to its end; its results are left alone, and judged. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RESULTS, repository } from './fixtures/autoresearch.ts';
import { cli } from './fixtures/cli.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const why = hasPython ? '' : ' (skipped: there is no python3)';

test.skipIf(!hasPython)(`run to its end${why}`, { timeout: 300_000 }, async () => {
  const folder = repository();
  const ran = await cli(folder, 'run', '--trials', '12', '--json');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 12 } });
  expect(readFileSync(join(folder, 'results.tsv'), 'utf8')).toBe(RESULTS);
  expect((await cli(folder, 'verify')).code).toBe(0);
  const observed = await cli(folder, 'observe', 'results.tsv', '--noise', '0.01');
  expect([observed.code, observed.stdout]).toEqual([0, expect.stringMatching(/val_bpb/)]);
});
