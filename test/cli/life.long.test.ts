/** The life of a study, disturbed while its evaluator runs: whole studies of 20 seconds each. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { cli, configWith, ending, exampleFolder, startCli, untilSaid } from './fixtures/cli.ts';

const LONG = { 'paceline.yaml': configWith('trials: 8', 'trials: 5000') };
const SECONDS = 30_000;

/** The example with an evaluator before its own, which that one imports. */
function folderWith(first: string): string {
  const main = join(import.meta.dirname, '../../examples/bin-packing/evaluator/main.mjs');
  return exampleFolder({
    ...LONG,
    'evaluator/main.mjs': first,
    'evaluator/main-at-once.mjs': readFileSync(main, 'utf8'),
  });
}

const SLOW = `
  await new Promise((resolve) => setTimeout(resolve, 150));
  await import('./main-at-once.mjs');
`;

test('a resume that is refused leaves the running study and its evidence alone', {
  timeout: 2 * SECONDS,
}, async () => {
  const folder = folderWith(SLOW);
  const child = startCli(folder, 'run');
  const ended = ending(child);
  await untilSaid(child, /confirming/);
  for (let i = 0; i < 3; i++) expect((await cli(folder, 'resume', '--quiet')).code).toBe(75);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  const [id = ''] = readdirSync(join(folder, '.paceline/studies'));
  const store = sqliteStore({ directory: join(folder, '.paceline'), clock: manualClock() });
  const ledger = await store.open(id, 'read');
  const sides: (number | null)[] = [];
  for await (const page of ledger.read(0, { types: ['measurement.recorded'] }))
    for (const event of page)
      if (event.type === 'measurement.recorded')
        sides.push(...event.body.values, ...(event.body.againstValues ?? []));
  await ledger.close();
  expect(sides.length).toBeGreaterThan(50);
  expect(sides).not.toContain(null);
});

const HANGING = `
  import { existsSync } from 'node:fs';
  if (existsSync('hang')) await new Promise((resolve) => setTimeout(resolve, 60_000));
  await import('./main-at-once.mjs');
`;

/** Processes whose candidate lies below the folder: the evaluators of its studies. */
function evaluatorsOf(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`PACELINE_CANDIDATE=${folder}/`);
    } catch {
      return false;
    }
  });
}

test('a kill -9 in a confirm leaves no evaluator behind, and the study goes on', {
  timeout: 2 * SECONDS,
}, async () => {
  const folder = folderWith(HANGING);
  const killed = startCli(folder, 'run');
  const dead = ending(killed);
  await untilSaid(killed, /searching/);
  writeFileSync(join(folder, 'hang'), '');
  await expect.poll(() => evaluatorsOf(folder).length, { timeout: SECONDS }).toBeGreaterThan(0);
  killed.kill('SIGKILL');
  await dead;
  await expect.poll(() => evaluatorsOf(folder), { timeout: 3000 }).toEqual([]);
  rmSync(join(folder, 'hang'));
  const resumed = startCli(folder, 'resume');
  const finished = ending(resumed);
  await untilSaid(resumed, /searching|confirming/);
  resumed.kill('SIGTERM');
  expect((await finished).code).toBe(0);
  expect(evaluatorsOf(folder)).toEqual([]);
  expect((await cli(folder, 'verify')).code).toBe(0);
});
