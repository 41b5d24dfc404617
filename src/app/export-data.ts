/** A study as data for other programs: rows of trials, traces, an eval log; to a file or to whoever reads on. */
import { existsSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Exporter } from '../reporters/contract.ts';
import { placeDurably } from '../stores/durable.ts';
import { lockOwner } from '../stores/study-lock.ts';
import { unwritable } from './file-fault.ts';
import { type StudyPlace, upTo, withSoundLedger } from './read-ledger.ts';
import { recordedConfig } from './recorded-config.ts';
import { stateFolder } from './study-files.ts';
import { readersOf } from './task-kind.ts';

export const TRIAL_FORMATS = ['jsonl', 'csv', 'parquet'] as const;
export type DataFormat = (typeof TRIAL_FORMATS)[number] | 'otel' | 'inspect';

/** Loaded when asked for: no other verb pays for them. */
const EXPORTERS: Readonly<Record<DataFormat, () => Promise<Exporter>>> = {
  jsonl: async () => (await import('../reporters/jsonl.ts')).jsonlTrials,
  csv: async () => (await import('../reporters/csv.ts')).csvTrials,
  parquet: async () => (await import('../reporters/parquet.ts')).parquetTrials,
  otel: async () => (await import('../reporters/otel.ts')).otelTraces,
  inspect: async () => (await import('../reporters/inspect-log.ts')).inspectLog,
};

export interface DataRequest extends StudyPlace {
  readonly format: DataFormat;
  /** Called as entries are read; the second reading of an eval log begins again. */
  readonly onProgress?: (entries: number, of: number) => void;
}

export interface Exported {
  readonly seq: number;
  readonly trials: number;
  readonly isRunning: boolean;
}

/** Takes a piece; the next is made when it has. */
export type Sink = (piece: string | Uint8Array) => Promise<void>;

/**
 * What is durable when it begins, beside a running study too. @throws PacelineError `LEDGER_ALTERED` for
 * a ledger that was changed behind its chain, before a piece is written.
 */
export async function exportData(request: DataRequest, sink: Sink): Promise<Exported> {
  const exporter = await EXPORTERS[request.format]();
  return withSoundLedger(request, async (ledger) => {
    const { seq } = ledger.durable;
    const isRunning = lockOwner(stateFolder(request.root), request.id) !== undefined;
    let trials = 0;
    const entries = (): AsyncIterable<readonly StoredEvent[]> => {
      trials = 0;
      return watched(upTo(ledger, seq), (page) => {
        trials += page.filter(({ type }) => type === 'trial.settled').length;
        request.onProgress?.(page.at(-1)?.seq ?? 0, seq);
      });
    };
    const source = { study: request.id, isRunning, entries, toSource: sourceReader(request) };
    for await (const piece of exporter(source)) await sink(piece);
    return { seq, trials, isRunning };
  });
}

/** As recorded, where its config or its text cannot be read: what nobody could parse is data too. */
function sourceReader({ root, id }: StudyPlace): (text: string) => string {
  const readable = orNothing(() => readersOf(recordedConfig(root, id)).toSource);
  return (text) => orNothing(() => readable?.(text)) ?? text;
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}

/** Between two pages timers and signals have their turn. */
async function* watched(
  pages: AsyncIterable<readonly StoredEvent[]>,
  tell: (page: readonly StoredEvent[]) => void,
): AsyncGenerator<readonly StoredEvent[]> {
  for await (const page of pages) {
    yield page;
    tell(page);
    await new Promise((turn) => setImmediate(turn));
  }
}

/**
 * Whole and durable under its name, or not at all. @throws PacelineError `WORKSPACE` where the file
 * exists and `isForced` is not said, or cannot be written.
 */
export async function exportDataFile(
  request: DataRequest,
  { file, isForced }: { readonly file: string; readonly isForced: boolean },
): Promise<Exported> {
  const target = resolve(file);
  refuseExisting(target, isForced);
  const aside = `${target}.${process.pid}.new`;
  const removeAside = (): void => rmSync(aside, { force: true });
  // A signal ends the process in the middle of it.
  process.once('exit', removeAside);
  try {
    const handle = await opened(aside, target);
    const exported = await exportData(request, writerOf(handle, target)).finally(() =>
      handle.close(),
    );
    refuseExisting(target, isForced);
    orUnwritable(target, () => placeDurably(aside, target));
    return exported;
  } finally {
    removeAside();
    process.removeListener('exit', removeAside);
  }
}

function refuseExisting(target: string, isForced: boolean): void {
  if (isForced || !existsSync(target)) return;
  throw new PacelineError(
    'WORKSPACE',
    `${target} exists. Name another file, or replace it with --force.`,
    { target },
  );
}

async function opened(aside: string, target: string): Promise<FileHandle> {
  return open(aside, 'w').catch((cause) => {
    throw unwritable(target, cause);
  });
}

function writerOf(handle: FileHandle, target: string): Sink {
  return async (piece) => {
    await handle.appendFile(piece).catch((cause) => {
      throw unwritable(target, cause);
    });
  };
}

function orUnwritable(target: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw unwritable(target, cause);
  }
}
