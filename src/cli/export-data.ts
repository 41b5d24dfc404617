/** What `export trials`, `traces` and `inspect` share: a file or standard output, progress, the last word. */
import {
  type DataFormat,
  type Exported,
  exportData,
  exportDataFile,
  type Sink,
} from '../app/export-data.ts';
import { pickStudy } from '../app/study-files.ts';
import { PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { countedText, countText } from '../reporters/report/number-text.ts';
import { exportTicker } from './export-ticker.ts';
import { interruptible } from './interrupt.ts';
import { printResult } from './output.ts';

export interface DataOptions {
  readonly file?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

interface DataExport {
  readonly schema: string;
  readonly study: string | undefined;
  readonly format: DataFormat;
  /** In the place of standard output, where no file is named. */
  readonly sink?: Sink;
  /** What the sink was told, for the result. */
  readonly said?: () => { readonly json: { readonly [key: string]: Json }; readonly line: string };
}

/** @throws PacelineError `USAGE` for --json where the data go to standard output, and for Parquet there. */
export async function runExport(options: DataOptions, ask: DataExport): Promise<void> {
  const { file } = options;
  const isStdout = file === undefined && ask.sink === undefined;
  if (isStdout && options.json)
    throw new PacelineError(
      'USAGE',
      'The data would go to standard output, where --json prints its result. Name a file with --file.',
    );
  if (isStdout && ask.format === 'parquet')
    throw new PacelineError(
      'USAGE',
      'Parquet is no text to print. Name a file with --file, for example --file trials.parquet.',
    );
  const root = process.cwd();
  const id = pickStudy(root, ask.study);
  const ticker = exportTicker(
    (text) => void process.stderr.write(text),
    process.stderr.isTTY === true,
  );
  const request = { root, id, format: ask.format, onProgress: ticker.onProgress };
  const write = (): Promise<Exported> =>
    file === undefined
      ? exportData(request, ask.sink ?? toStdout)
      : exportDataFile(request, { file, isForced: options.force ?? false });
  const done = await interruptible(write, isStdout ? CUT_OFF : NOT_WRITTEN).finally(ticker.end);
  if (done.isRunning) process.stderr.write(runningLine(id, done));
  if (isStdout) return;
  const said = ask.said?.();
  printResult(options, jsonOf(ask, { id, done, file, more: said?.json ?? {} }), [
    said?.line ?? `Wrote ${file}: ${countedText(done.trials, 'trial')} of ${id}.`,
  ]);
}

const CUT_OFF = 'Interrupted; what was printed is not all of it.\n';
const NOT_WRITTEN = 'Interrupted; no file was written.\n';

function jsonOf(
  { schema, format }: DataExport,
  {
    id,
    done,
    file,
    more,
  }: {
    readonly id: string;
    readonly done: Exported;
    readonly file: string | undefined;
    readonly more: { readonly [key: string]: Json };
  },
): Json {
  return {
    schema,
    study: id,
    format,
    ...(file === undefined ? {} : { file }),
    trials: done.trials,
    seq: done.seq,
    running: done.isRunning,
    ...more,
  };
}

function runningLine(id: string, { seq }: Exported): string {
  return `${id} is running: this is what it had recorded by entry ${countText(seq)}.\n`;
}

/** Waits where whoever reads is slower. */
async function toStdout(piece: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(piece))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}
