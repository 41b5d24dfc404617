/**
 * What the gatekeeper found, read from its sealed store on a person's behalf. No proposer, model, tool or
 * engine may import this folder: a reason teaches the next attack (safety.md §2).
 */
import { PacelineError } from '../../core/errors.ts';
import type { EventBody } from '../../core/events.ts';
import { type GateEntry, readGateRows } from '../../core/gate-chain.ts';
import type { Hash } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import type { SealedFinding } from '../../core/verdict.ts';
import { evidenceFolder } from '../../gatekeeper/evidence.ts';
import { readRecord } from '../../gates/record-file.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { candidateIdOf } from '../steer-names.ts';
import { evidencePath, gateRecordPath } from '../study-files.ts';

export interface FindingShown extends SealedFinding {
  /** What it rests on; absent where `trouble` says why. */
  readonly seen?: Json;
  /** Why the evidence cannot be shown, in a sentence. */
  readonly trouble?: string;
}

export interface VerdictShown {
  /** `audit`: of the deep tier. */
  readonly tier: 'floor' | 'audit';
  /** Number in the gate's own record. */
  readonly entry: number;
  readonly evidence: Hash;
  readonly verdict: string;
  readonly against: Hash;
  /** Of the gatekeeper that judged. */
  readonly digest: Hash;
  readonly findings: readonly FindingShown[];
  /** Entry of the ledger that tells it; absent where none does: a course of the study that was lost. */
  readonly told?: number;
}

export interface WhyShown {
  readonly candidate: Hash;
  readonly verdicts: readonly VerdictShown[];
  /** Verdicts that the ledger names and that the record has not, each in a sentence. */
  readonly missing: readonly string[];
  /** Candidates of the study that were judged, in order, each once. */
  readonly judged: readonly Hash[];
}

/** @throws PacelineError `GATE_STORE` for a record that is gone, damaged or another study's. */
export async function readWhy(root: string, id: string, wanted: string): Promise<WhyShown> {
  const candidate = await candidateIdOf(root, id, wanted);
  const { secretCommit, told } = await withSoundLedger({ root, id }, (ledger) => toldOf(ledger));
  const rows = readRecord(gateRecordPath(root, id));
  if (rows === undefined) throw noRecord(root, id);
  const entries = readGateRows(rows, secretCommit);
  const { get } = evidenceFolder(evidencePath(root, id));
  const verdicts = entries.flatMap((entry) => verdictOf(entry, { candidate, told, get }));
  const ofIt = told.filter((one) => one.candidate === candidate);
  const missing = ofIt
    .filter(({ entry, evidence }) => entries[entry - 1]?.evidence !== evidence)
    .map(
      ({ seq, entry }) =>
        `Entry ${seq} of the ledger names entry ${entry} of the gate's record, which is not there: the record is an older copy, and that verdict cannot be shown to rest on anything.`,
    );
  const judged = [...new Set(told.map((one) => one.candidate))];
  return { candidate, verdicts, missing, judged };
}

interface Told {
  readonly seq: number;
  readonly candidate: Hash;
  readonly entry: number;
  readonly evidence: Hash;
}

type Ledger = Parameters<Parameters<typeof withSoundLedger>[1]>[0];

/** Where the ledger names an entry of the gate. */
async function toldOf(ledger: Ledger) {
  let opened: EventBody['study.opened'] | undefined;
  const told: Told[] = [];
  const audited = new Map<number, Hash>();
  const types = ['study.opened', 'gate.judged', 'audit.opened', 'audit.finished'] as const;
  for await (const page of ledger.read(0, { types })) {
    for (const event of page) {
      if (event.type === 'study.opened') opened = event.body;
      else if (event.type === 'audit.opened') audited.set(event.body.audit, event.body.to);
      else if (event.type === 'gate.judged' || event.type === 'audit.finished') {
        const { entry, evidence } = event.body;
        const candidate =
          event.type === 'gate.judged' ? event.body.candidate : audited.get(event.body.audit);
        told.push({ seq: event.seq, candidate: candidate ?? '', entry, evidence });
      }
    }
  }
  return { secretCommit: opened?.secretCommit ?? '', told };
}

interface Reading {
  readonly candidate: Hash;
  readonly told: readonly Told[];
  readonly get: (hash: Hash) => Json;
}

function verdictOf(
  { entry, kind, body, evidence }: GateEntry,
  { candidate, told, get }: Reading,
): readonly VerdictShown[] {
  if (kind !== 'verdict' && kind !== 'audit') return [];
  const isAudit = kind === 'audit';
  if ((isAudit ? body.to : body.candidate) !== candidate) return [];
  const { verdict, digest } = body;
  const named = told.find((one) => one.entry === entry && one.evidence === evidence);
  const shown: VerdictShown = {
    tier: isAudit ? 'audit' : 'floor',
    entry,
    evidence,
    verdict,
    against: isAudit ? body.from : body.against,
    digest,
    findings: body.findings.map((finding) => withEvidence(finding, get)),
    ...(named ? { told: named.seq } : {}),
  };
  return [shown];
}

function withEvidence(finding: SealedFinding, get: Reading['get']): FindingShown {
  try {
    return { ...finding, seen: get(finding.evidence) };
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return { ...finding, trouble: error.message };
  }
}

function noRecord(root: string, id: string): PacelineError {
  const path = gateRecordPath(root, id);
  return new PacelineError(
    'GATE_STORE',
    `There is no record of the gate at ${path}, so nobody can say why it judged as it did. It stays with the folder in which the study ran: ask there, or restore the file.`,
    { path },
  );
}
