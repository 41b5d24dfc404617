/** What a trial costs when its evaluation costs nothing: the engine, the ledger and their growth. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { measureFdatasync } from '../src/app/doctor-disk.ts';
import { ledgerPath, studyFolder } from '../src/stores/sqlite-file.ts';
import { type Bench, type Figure, quantile } from './figure.ts';

const TRIALS = 100_000;
const CHILD = join(import.meta.dirname, 'cost-child.ts');
const MIB = 1024 ** 2;

export const cost: Bench = {
  name: 'cost',
  what: `${TRIALS} durable trials with a null evaluator, and resuming after them`,
  seconds: 30,
  async run(say) {
    const directory = mkdtempSync(join(tmpdir(), 'paceline-bench-cost-'));
    try {
      return measure(directory, say);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

interface Run {
  readonly cpuMs: number;
  readonly blocks: readonly number[];
  readonly peakRss: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly entries: number;
}

function child<T>(task: string, directory: string): T {
  const args = ['--import', 'tsx', CHILD, task, directory, String(TRIALS)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as T;
}

function measure(directory: string, say: (line: string) => void): readonly Figure[] {
  const run = child<Run>('run', directory);
  say('run');
  const empty = emptyRss();
  const mean = (from: number, to: number): number =>
    run.blocks.slice(from, to).reduce((sum, one) => sum + one, 0) / (to - from);
  const withSnapshot = child<{ readonly ms: number }>('resume', directory);
  forgetSnapshots(directory);
  const without = child<{ readonly ms: number }>('resume', directory);
  const disk = measureFdatasync(directory);
  return [
    {
      name: 'CPU per trial, mean',
      value: run.cpuMs / TRIALS,
      unit: 'ms',
      target: { most: 0.1 },
      note: `${run.entries} entries`,
    },
    {
      name: 'CPU per trial, trials 95–100k over 9–10k',
      value: mean(95, 100) / mean(9, 10),
      unit: '×',
      target: { most: 1.2 },
    },
    {
      name: 'memory over an empty process',
      value: (run.peakRss - empty) / MIB,
      unit: 'MiB',
      target: { most: 150 },
      note: `peak RSS ${Math.round(run.peakRss / MIB)} MiB, empty ${Math.round(empty / MIB)} MiB (Node with tsx, as the run)`,
    },
    {
      name: 'resume with a snapshot',
      value: withSnapshot.ms / 1000,
      unit: 's',
      target: { most: 0.5 },
    },
    { name: 'resume without one', value: without.ms / 1000, unit: 's', target: { most: 2 } },
    { name: 'settled → durable, p50', value: run.p50Ms, unit: 'ms' },
    {
      name: 'settled → durable, p99',
      value: run.p99Ms,
      unit: 'ms',
      note: `fdatasync of the disk p99 ${quantile(disk, 0.99).toFixed(2)} ms`,
    },
  ];
}

/** Node with the same loader and nothing to do. */
function emptyRss(): number {
  const script = 'console.log(process.memoryUsage().rss)';
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function forgetSnapshots(directory: string): void {
  const db = new Database(ledgerPath(studyFolder(directory, 'cost')));
  db.exec('delete from snapshot');
  db.close();
}
