import { PacelineError } from '../core/errors.ts';
import { decodeRow, type EventBody } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { PublishedRoots } from '../core/published-roots.ts';
import { readKeyFiles } from '../gatekeeper/key-files.ts';
import { readRecord } from '../gates/record-file.ts';
import { extensionOf, languageOf } from '../source/language-of.ts';
import { decodeProgram, type Program } from '../source/program.ts';
import { SCRIPTS } from '../source/typescript.ts';
import type { Ledger } from '../stores/contract.ts';
import { sourceTask } from '../tasks/source.ts';
import { type VerifyOptions, verifyLedger } from '../verify/ledger.ts';
import type { VerifyReport } from '../verify/report.ts';
import { archiveOf } from './build-archive.ts';
import { lostEvidence } from './lost-evidence.ts';
import { type StudyPlace, withLedger } from './read-ledger.ts';
import { reached, writtenReader } from './read-written.ts';
import { isBoundConfig, recordedConfig } from './recorded-config.ts';
import { evidencePath, gateRecordPath, hasSecret, keysFolder } from './study-files.ts';
import { recordedKindOf } from './task-kind.ts';
import { ENGINE_VERSION } from './version.ts';

export type { VerifyReport };

/** What was kept outside a ledger, to hold it against. */
export interface Outside {
  /** Noted elsewhere: `seq:hash` or the hash alone. */
  readonly heads?: readonly string[];
  /** Roots of the study of that name, from a second place. */
  readonly roots?: (study: string) => Promise<PublishedRoots>;
}

/**
 * Works beside a running study: what is durable now is verified.
 * @param outside A head, or several, or published roots.
 * @throws PacelineError `USAGE` for a malformed head, or a place without roots of that study.
 */
export async function verifyStudy(
  root: string,
  id: string,
  outside: string | Outside = {},
): Promise<VerifyReport> {
  const { heads = [], roots } = typeof outside === 'string' ? { heads: [outside] } : outside;
  const published = await roots?.(id);
  return withLedger({ root, id }, async (ledger) => {
    const opened = await recordedOpening(ledger);
    return verifyLedger(ledger, {
      archive: archiveOf(opened?.archive),
      ...keyReader(opened),
      ...followOnReaderOf({ root, id }, opened),
      ...gateRecordIn(root, id),
      heads,
      ...ownKeys(root, id),
      ...(published ? { published } : {}),
    });
  });
}

/** The evidence stays where the study ran. */
function gateRecordIn(root: string, id: string): Pick<VerifyOptions, 'gateRows' | 'lost'> {
  const gateRows = readRecord(gateRecordPath(root, id));
  if (gateRows === undefined || !hasSecret(root, id)) return { gateRows };
  return { gateRows, lost: lostEvidence(gateRows, evidencePath(root, id)) };
}

/**
 * Of a study that was begun in this folder: one from elsewhere was signed by keys of elsewhere. Whoever may
 * not read them verifies the rest.
 */
export function ownKeys(root: string, id: string): Pick<VerifyOptions, 'keys' | 'withoutKeys'> {
  if (!hasSecret(root, id)) return {};
  try {
    const { records } = readKeyFiles(keysFolder(root));
    return records.length > 0 ? { keys: records } : {};
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return { withoutKeys: error.message };
  }
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

/** Under the same conditions, where the config beside the ledger is its own: it says how large a candidate may be. */
function followOnReaderOf(
  { root, id }: StudyPlace,
  opened: Opened | undefined,
): Pick<VerifyOptions, 'followOnReader'> {
  if (opened?.followOns === undefined || keyReader(opened).keyOf === undefined) return {};
  if (!isBoundConfig(root, id, opened)) throw foreignConfig(id);
  const kind = recordedKindOf(recordedConfig(root, id), opened.originText);
  const { changes } = kind;
  return { followOnReader: { changes, read: writtenReader({ kind, languages: SCRIPTS }) } };
}

function foreignConfig(id: string): PacelineError {
  return new PacelineError(
    'LEDGER_ALTERED',
    `The study.json of ${id} holds another config than the ledger was opened with, and what a follow-on may be stands in it. Restore study.json from a copy, and verify again.`,
    { study: id },
  );
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
