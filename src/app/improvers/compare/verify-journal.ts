/** `verify` for a comparison of improvers: chain, order, seal and signature, and every sentence again from the readings. */
import type { z } from 'zod';
import { PacelineError } from '../../../core/errors.ts';
import { canonicalJson } from '../../../core/hash.ts';
import type { Json } from '../../../core/json.ts';
import { keyFault } from '../../../core/key-records.ts';
import { keyIdOf, verifySignature } from '../../../core/signature.ts';
import { readKeyFiles } from '../../../gatekeeper/key-files.ts';
import type { SeedReadings } from '../../../improver/comparison.ts';
import type { ComparisonReport } from '../../compare/pair-findings.ts';
import { keysFolder } from '../../study-files.ts';
import { chainFindings, type Row, readRows } from '../ledger/rows.ts';
import { lineHash, seedIn } from '../sealed/pool.ts';
import { SEAL_MADE, sealMade } from '../sealed/seal.ts';
import { findingsOf } from './findings.ts';
import {
  CLOSED,
  closedEntry,
  closingStatement,
  MEASURED,
  measuredEntry,
  PLANNED,
  plannedEntry,
  RESUMED,
  REVEALED,
  revealedEntry,
} from './journal.ts';

export interface JournalReport extends ComparisonReport {
  /** Signed by a key of this folder of studies; absent while there is no signature. */
  readonly isOurs?: boolean;
}

/** A comparison may have been broken off after its plan, and a seal may wait for its opening. */
const ORDER = new RegExp(
  `^(?:${SEAL_MADE}|(?:${SEAL_MADE} )?${PLANNED}(?: ${RESUMED})*(?: (?:${REVEALED} )?${MEASURED} ${CLOSED})?)$`,
);

/** @throws PacelineError LEDGER_ALTERED for a file that is no entry. */
export function verifyJournal(root: string, folder: string): JournalReport {
  const rows = readRows(folder);
  const broken = chainFindings(rows);
  if (broken.length > 0) return { ok: false, words: 'Nothing is said from it.', findings: broken };
  if (!ORDER.test(rows.map(({ type }) => type).join(' ')))
    return fault('Its entries do not follow each other as those of a comparison do.');
  try {
    return readAs(root, rows);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return fault(error.message);
  }
}

const fault = (finding: string): JournalReport => ({
  ok: false,
  words: 'Nothing is said from it.',
  findings: [finding],
});

function readAs(root: string, rows: readonly Row[]): JournalReport {
  const seal = bodyOf(rows, SEAL_MADE, sealMade);
  const planned = bodyOf(rows, PLANNED, plannedEntry);
  const measured = bodyOf(rows, MEASURED, measuredEntry);
  const closed = bodyOf(rows, CLOSED, closedEntry);
  if (planned === undefined) return { ok: true, words: 'Sealed, and not opened.', findings: [] };
  if (measured === undefined || closed === undefined)
    return { ok: true, words: 'It was broken off before it could say anything.', findings: [] };
  const { plan } = planned;
  const due = findingsOf(plan, measured.seeds);
  const lines = [plan.first, plan.second, ...plan.beside].map(({ line }) => line).sort();
  const seeds = measured.seeds.map(({ seed }) => seed);
  const findings = [
    ...(seal ? sealFindings(seal, bodyOf(rows, REVEALED, revealedEntry), seeds) : []),
    ...(seal || same(seeds, plan.seeds) ? [] : ['Other seeds were measured than were planned.']),
    ...((seal === undefined) === (plan.pairs === 'seed')
      ? []
      : ['What a pair is does not fit its first entry.']),
    ...(measured.seeds.every((one) => same(one.lines.map(({ line }) => line).sort(), lines))
      ? []
      : ['Not every line that was planned was measured, or others were.']),
    ...(measured.seeds.every(isConsistent)
      ? []
      : [
          'Its readings contradict themselves: what was solved, by family and by place, is not one number.',
        ]),
    ...(same(due.claims, closed.claims)
      ? []
      : [`Recorded are other sentences than the readings say: ${due.claims[0]?.words ?? ''}.`]),
  ];
  const signed = signatureFindings(root, rows, closed);
  const all = [...findings, ...signed.findings];
  const words = due.claims[0]?.words ?? '';
  return { ok: all.length === 0, words, findings: all, isOurs: signed.isOurs };
}

/** Claims by seed go by one of these numbers, claims by task by another: they are of the same tasks. */
function isConsistent({ lines }: SeedReadings): boolean {
  return lines.every(({ solved, of, families, places }) => {
    const counts = Object.values(families);
    return (
      of === lines[0]?.of &&
      solved === counts.reduce((sum, [one]) => sum + one, 0) &&
      of === counts.reduce((sum, [, all]) => sum + all, 0) &&
      solved === new Set(places).size &&
      solved === places.length &&
      places.every((place) => Number.isInteger(place) && place >= 0 && place < of)
    );
  });
}

function bodyOf<T>(rows: readonly Row[], type: string, schema: z.ZodType<T>): T | undefined {
  const row = rows.find((one) => one.type === type);
  if (row === undefined) return undefined;
  const { success, data } = schema.safeParse(row.body);
  if (success) return data;
  throw new PacelineError(
    'LEDGER_ALTERED',
    `Entry ${row.entry} is no ${type} that this version reads. Restore it from a copy.`,
    { entry: row.entry },
  );
}

/** Equal as they are stored. */
const same = (a: unknown, b: unknown): boolean => stored(a) === stored(b);
const stored = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)) as Json);

function sealFindings(
  { seedHash }: z.infer<typeof sealMade>,
  revealed: z.infer<typeof revealedEntry> | undefined,
  seeds: readonly number[],
): readonly string[] {
  if (revealed === undefined) return ['It was measured, and the sealed line was not shown.'];
  if (lineHash(revealed.line) !== seedHash)
    return ['The line that was shown is not the one its first entry promises.'];
  return same(seeds, [seedIn(revealed.line)])
    ? []
    : ['The tasks were drawn with another seed than the sealed one.'];
}

function signatureFindings(
  root: string,
  rows: readonly Row[],
  closed: z.infer<typeof closedEntry>,
): { readonly findings: readonly string[]; readonly isOurs: boolean } {
  const { signature, ...said } = closed;
  const [first] = rows as readonly [Row];
  const statement = closingStatement(first, said);
  const isSigned = verifySignature({ ...signature, statement });
  const isBound = said.head === rows.at(-2)?.hash;
  const isOurs = isSigned && isOfFolder(root, signature.publicKey, said.at);
  return {
    findings: [
      ...(isSigned ? [] : ['The signature of its end does not fit.']),
      ...(isBound ? [] : ['Its end does not name the entry before it.']),
    ],
    isOurs,
  };
}

/** Whoever may not read the keys of this folder, or has none, verifies the rest. */
function isOfFolder(root: string, publicKey: string, atMs: number): boolean {
  try {
    const { ring } = readKeyFiles(keysFolder(root));
    return keyFault(ring, keyIdOf(publicKey), atMs) === undefined;
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return false;
  }
}
