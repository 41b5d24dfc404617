/** What it takes to export many trials: seconds, peak memory beside that of a tenth of them, bytes of the file. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataFormat } from '../src/app/export-data.ts';
import type { Bench, Figure } from './figure.ts';

const TRIALS = 100_000;
const FEW = 10_000;
const FORMATS: readonly DataFormat[] = ['jsonl', 'csv', 'parquet', 'otel', 'inspect'];
const MIB = 1024 ** 2;
/** With so little, garbage is collected before it counts as memory, and what grows ends the process. */
const HEAP_MIB = 96;
const HEAP = [`--max-old-space-size=${HEAP_MIB}`];
/** Of `cost-child.ts`, which makes the ledger. */
const STUDY = 'cost';

export const exports: Bench = {
  name: 'exports',
  what: `${TRIALS} trials to each format, the chain checked first, each in a process of its own`,
  seconds: 240,
  async run(say) {
    const many = made(TRIALS);
    const few = made(FEW);
    say('made the ledgers');
    try {
      return FORMATS.flatMap((format) => {
        say(format);
        return figuresOf(format, {
          many: measured(format, many),
          tight: measured(format, many, HEAP),
          few: measured(format, few, HEAP),
        });
      });
    } finally {
      for (const root of [many, few]) rmSync(root, { recursive: true, force: true });
    }
  },
};

function made(trials: number): string {
  const root = mkdtempSync(join(tmpdir(), 'paceline-bench-exports-'));
  run('cost-child.ts', ['run', join(root, '.paceline'), String(trials)]);
  return root;
}

interface Export {
  readonly trials: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly bytes: number;
}

function measured(format: DataFormat, root: string, node: readonly string[] = []): Export {
  const args = [format, root, STUDY, join(root, 'out')];
  return JSON.parse(run('exports-child.ts', args, node)) as Export;
}

function run(child: string, args: readonly string[], node: readonly string[] = []): string {
  const line = [...node, '--import', 'tsx', join(import.meta.dirname, child), ...args];
  return execFileSync(process.execPath, line, { encoding: 'utf8' });
}

function figuresOf(
  format: DataFormat,
  { many, tight, few }: Readonly<Record<'many' | 'tight' | 'few', Export>>,
): readonly Figure[] {
  return [
    {
      name: `${format}, time`,
      value: many.seconds,
      unit: 's',
      note: `${many.cpuSeconds.toFixed(1)} s of CPU, ${many.trials} trials`,
    },
    {
      name: `${format}, peak memory`,
      value: tight.peakBytes / MIB,
      unit: 'MiB',
      note: `Node with tsx, ${HEAP_MIB} MiB of heap; ${Math.round(many.peakBytes / MIB)} MiB where nothing limits it`,
    },
    {
      name: `${format}, that over a tenth of the trials`,
      value: tight.peakBytes / few.peakBytes,
      unit: '×',
      target: { most: 1.25 },
    },
    { name: `${format}, file`, value: many.bytes / MIB, unit: 'MiB' },
  ];
}
