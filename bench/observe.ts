/** How long `observe` takes on a long results file, and what survives in it before and after a shuffle. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observeFile } from '../src/app/observe/observe-file.ts';
import { publicRoot, type Rng } from '../src/core/rng.ts';
import type { Bench, Figure } from './figure.ts';

const ROWS = 5000;
const FILES = 20;
const CLI = join(import.meta.dirname, '../dist/cli.js');
const SIGMA = 0.001;

export const observe: Bench = {
  name: 'observe',
  what: `judging the keeps of foreign results files of ${ROWS} rows`,
  seconds: 15,
  run: async () => figures(),
};

function figures(): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'observe-bench-'));
  const file = join(folder, 'results.tsv');
  const count = { kept: 0, survivors: 0, shuffledKept: 0, shuffledSurvivors: 0, ofGiven: 0 };
  for (let i = 0; i < FILES; i++) {
    const rng = publicRoot('bench-observe').stream(i, 'file');
    const rows = resultRows(rng);
    write(file, shuffled(rows, rng));
    const after = observeFile({ file, alpha: 0.05 });
    count.shuffledKept += after.keeps.length;
    count.shuffledSurvivors += after.survivors;
    count.ofGiven += observeFile({ file, alpha: 0.05, noise: SIGMA }).survivors;
    write(file, rows);
    const before = observeFile({ file, alpha: 0.05 });
    count.kept += before.keeps.length;
    count.survivors += before.survivors;
  }
  const started = performance.now();
  execFileSync(process.execPath, [CLI, 'observe', file, '--json']);
  const seconds = (performance.now() - started) / 1000;
  rmSync(folder, { recursive: true });
  return [
    { name: `${ROWS} rows, the whole process`, value: seconds, unit: 's', target: { most: 1 } },
    {
      name: 'keeps that survive, a true gain of 10 sigma every 100 rows',
      value: (100 * count.survivors) / count.kept,
      unit: '%',
      note: `${count.survivors} of ${count.kept} in ${FILES} files; ${(FILES * ROWS) / 100 - FILES} gains are true`,
    },
    {
      name: 'keeps that survive after the rows are shuffled',
      value: (100 * count.shuffledSurvivors) / count.shuffledKept,
      unit: '%',
      target: { most: 5 },
      note: `${count.shuffledSurvivors} of ${count.shuffledKept}`,
    },
    {
      name: 'the same with the true sigma given, to which the shuffled gains are real',
      value: (100 * count.ofGiven) / count.shuffledKept,
      unit: '%',
      target: { most: 5 },
      note: `${count.ofGiven} of ${count.shuffledKept}`,
    },
  ];
}

function resultRows(rng: Rng): readonly string[] {
  let best = Number.POSITIVE_INFINITY;
  let level = 2;
  return Array.from({ length: ROWS }, (_, i) => {
    if (i > 0 && i % 100 === 0) level -= 10 * SIGMA;
    const value = level + SIGMA * rng.normal();
    const status = value < best ? 'keep' : 'discard';
    best = Math.min(best, value);
    return `${(0x1000000 + i).toString(16)}\t${value.toFixed(6)}\t44.0\t${status}\ttrial ${i}`;
  });
}

function shuffled(rows: readonly string[], rng: Rng): readonly string[] {
  const order = rows.map((row) => ({ row, at: rng.float() }));
  return order.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

function write(file: string, rows: readonly string[]): void {
  writeFileSync(file, ['commit\tval_bpb\tmemory_gb\tstatus\tdescription', ...rows].join('\n'));
}
