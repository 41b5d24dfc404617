/**
 * A ledger as JSON lines, `paceline.ledger/1`: what a verifier needs that is not ours. Rows are as stored,
 * altered ones too; the first line names the study and brings the records of its signing keys.
 */
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PacelineError } from '../../core/errors.ts';
import { placeDurably } from '../../stores/durable.ts';
import { unwritable } from '../file-fault.ts';
import { type StudyPlace, withLedger } from '../read-ledger.ts';
import { ownKeys } from '../verify-study.ts';

export interface LinesWritten {
  readonly file: string;
  /** Number of the last entry. */
  readonly seq: number;
}

/** What is durable now, beside a running study too. @throws PacelineError `WORKSPACE` for a file that exists. */
export async function writeLedgerLines(
  place: StudyPlace,
  { file, isForced }: { readonly file: string; readonly isForced: boolean },
): Promise<LinesWritten> {
  const target = resolve(file);
  if (existsSync(target) && !isForced) {
    throw new PacelineError(
      'WORKSPACE',
      `${target} exists. Name another file, or replace it with --force.`,
      { target },
    );
  }
  const aside = `${target}.${process.pid}.new`;
  try {
    return await withLedger(place, async (ledger) => {
      const { seq } = ledger.durable;
      await pipeline(linesOf(place, ledger), createWriteStream(aside));
      placeDurably(aside, target);
      return { file: target, seq };
    });
  } catch (cause) {
    if (PacelineError.is(cause)) throw cause;
    throw unwritable(target, cause);
  } finally {
    rmSync(aside, { force: true });
  }
}

type Rows = Parameters<Parameters<typeof withLedger>[1]>[0];

async function* linesOf(
  { root, id }: StudyPlace,
  { rows, durable }: Pick<Rows, 'rows' | 'durable'>,
): AsyncGenerator<string> {
  const { keys } = ownKeys(root, id);
  yield `${JSON.stringify({ schema: 'paceline.ledger/1', study: id, ...(keys ? { keys } : {}) })}\n`;
  for await (const page of rows(0)) {
    for (const row of page) if (row.seq <= durable.seq) yield `${JSON.stringify(row)}\n`;
  }
}
