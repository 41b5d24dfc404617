/**
 * Plants faults in folders of `src` and counts those that the tests beside the code kill:
 * `npm run mutation -- pace claims`, or a sample: `npm run mutation -- gates --share 0.1 --seed 1`.
 * Writes `bench/results/mutation.md`; what was tried before and did not change is not tried again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Row, table } from './table.ts';
import { isDrawn, isString, type Mutant, tally } from './tally.ts';

interface Report {
  readonly files: Readonly<Record<string, { mutants: readonly Mutant[] }>>;
}

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, 'bench/results/mutation');
const STRYKER = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '1' },
  },
});

// Hours of work that is in nobody's hurry.
setPriority(19);
for (const folder of positionals) {
  const report = join(ROOT, '.mutation', `${folder}-${values.seed}.json`);
  if (existsSync(report)) forgetUndrawn(report);
  plant(folder);
  record(folder, read(report));
}

/** Otherwise Stryker takes them for tried and does not try them when the share is greater. */
function forgetUndrawn(path: string): void {
  const report = read(path);
  const files = Object.entries(report.files).map(([name, file]) => [
    name,
    { ...file, mutants: file.mutants.filter(isDrawn) },
  ]);
  writeFileSync(path, JSON.stringify({ ...report, files: Object.fromEntries(files) }));
}

function plant(folder: string): void {
  const { share, seed, concurrency } = values;
  const args = ['run', 'bench/mutation/stryker.config.mjs', '--concurrency', concurrency];
  const { status } = spawnSync(process.execPath, [STRYKER, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      PACELINE_MUTATED: folder,
      PACELINE_MUTATION_SHARE: share,
      PACELINE_MUTATION_SEED: seed,
    },
  });
  if (status !== 0)
    throw new Error(`Stryker ended with ${status}: nothing is written of ${folder}.`);
}

function record(folder: string, report: Report): void {
  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  const row: Row = {
    folder,
    date: new Date().toISOString().slice(0, 10),
    seed: Number(values.seed),
    all: tally(mutants),
    withoutStrings: tally(mutants.filter((one) => !isString(one))),
  };
  const rows = existsSync(`${RESULTS}.json`) ? readRows() : [];
  const others = rows.filter((one) => one.folder !== folder);
  const sorted = [...others, row].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  writeFileSync(`${RESULTS}.json`, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(`${RESULTS}.md`, table(sorted));
}

function read(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function readRows(): readonly Row[] {
  return JSON.parse(readFileSync(`${RESULTS}.json`, 'utf8'));
}
