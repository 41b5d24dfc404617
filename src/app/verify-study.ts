import { PacelineError } from '../core/errors.ts';
import { decodeRow, type EventBody } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { readRecord } from '../gates/record-file.ts';
import { extensionOf, languageOf } from '../source/language-of.ts';
import { decodeProgram, type Program } from '../source/program.ts';
import { SCRIPTS } from '../source/typescript.ts';
import type { Ledger } from '../stores/contract.ts';
import { sourceTask } from '../tasks/source.ts';
import { type VerifyOptions, verifyLedger } from '../verify/ledger.ts';
import type { VerifyReport } from '../verify/report.ts';
import { archiveOf } from './build-archive.ts';
import { withLedger } from './read-ledger.ts';
import { reached } from './read-written.ts';
import { gateRecordPath } from './study-files.ts';
import { ENGINE_VERSION } from './version.ts';

export type { VerifyReport };

/** Works beside a running study: what is durable now is verified. @throws `USAGE` for a malformed head. */
export async function verifyStudy(root: string, id: string, head?: string): Promise<VerifyReport> {
  return withLedger({ root, id }, async (ledger) => {
    const opened = await recordedOpening(ledger);
    return verifyLedger(ledger, {
      archive: archiveOf(opened?.archive),
      ...keyReader(opened),
      gateRows: readRecord(gateRecordPath(root, id)),
      ...(head === undefined ? {} : { head }),
    });
  });
}

type Opened = EventBody['study.opened'];

/** A first entry that cannot be read is a finding of `verifyLedger`; here it tells nothing. */
export async function recordedOpening(ledger: Pick<Ledger, 'rows'>): Promise<Opened | undefined> {
  for await (const [first] of ledger.rows(0)) {
    if (first === undefined) continue;
    try {
      const event = decodeRow(first);
      return event.type === 'study.opened' ? event.body : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/**
 * Where no optional parser has a say in what is one hypothesis and what it reaches for, and this release is the one that
 * said so: another may normalise otherwise, which would accuse an honest ledger.
 */
export function keyReader(
  opened: Pick<Opened, 'engine' | 'originText'> | undefined,
): Pick<VerifyOptions, 'keyOf' | 'reachOf'> {
  if (opened?.engine !== ENGINE_VERSION) return {};
  const paths = Object.keys(programOf(opened.originText)?.files ?? {});
  if (paths.length === 0 || !paths.every((path) => SCRIPTS.has(extensionOf(path)))) return {};
  // What may be edited has no part in what is one hypothesis, so no origin is needed.
  const { normalise, reach } = sourceTask({
    origin: {},
    languageOf: (path) => languageOf(path, SCRIPTS),
  });
  return {
    keyOf: (text) => (programOf(text) ? sha256(normalise(text)) : undefined),
    reachOf: (text) => reached(() => reach?.(opened.originText, text)),
  };
}

/** Undefined for what is no program: a text of another kind, or one that no evaluator was given. */
function programOf(text: string): Program | undefined {
  try {
    return decodeProgram(text);
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}
