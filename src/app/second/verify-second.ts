/** Asks the second verifier, a program that shares no code with us, about a study. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import type { StudyPlace } from '../read-ledger.ts';
import type { Outside } from '../verify-study.ts';
import { writeLedgerLines } from './ledger-lines.ts';

const second = z.strictObject({
  schema: z.literal('paceline.second/1'),
  study: z.string(),
  ok: z.boolean(),
  head: z.string().optional(),
  derived: z.record(z.string(), z.number()),
  findings: z.array(z.strictObject({ seq: z.number(), detail: z.string() })).readonly(),
  notDerived: z.array(z.string()).readonly(),
});
export type SecondReport = z.infer<typeof second>;

/** In a folder that holds nothing else, here as in dist. */
export const SECOND_VERIFIER: string = join(import.meta.dirname, 'alone/second-verifier.mjs');

/** @throws PacelineError `INTERNAL` where it gives no report. */
export async function verifySecond(
  place: StudyPlace,
  { heads = [], roots }: Outside,
): Promise<SecondReport> {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-second-'));
  try {
    const file = join(folder, 'ledger.jsonl');
    await writeLedgerLines(place, { file, isForced: false });
    const published = await roots?.(place.id);
    const rootsFile = join(folder, 'roots.json');
    if (published) writeFileSync(rootsFile, JSON.stringify(published));
    const outside = [
      ...heads.flatMap((head) => ['--head', head]),
      ...(published ? ['--roots', rootsFile] : []),
    ];
    return await asked([file, ...outside]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MOST_BYTES = 256 * 1024 * 1024;

function asked(args: readonly string[]): Promise<SecondReport> {
  return new Promise((done, fail) => {
    const options = { maxBuffer: MOST_BYTES, env: {} };
    execFile(process.execPath, [SECOND_VERIFIER, ...args], options, (cause, stdout, stderr) => {
      try {
        done(second.parse(JSON.parse(stdout)));
      } catch {
        const said = stderr.trim() || cause?.message || 'nothing';
        const message = `The second verifier gave no report; it said: ${said}. Please report this; the ledger is unharmed.`;
        fail(new PacelineError('INTERNAL', message, {}));
      }
    });
  });
}
