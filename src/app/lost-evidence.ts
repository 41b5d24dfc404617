/** Verdicts of a study of this folder whose sealed evidence is not there any more as the gate wrote it. */
import { PacelineError } from '../core/errors.ts';
import type { GateRow } from '../core/gate-chain.ts';
import { GATE_BODIES } from '../core/holdout.ts';
import type { EvidenceStore } from '../gatekeeper/contract.ts';
import { evidenceFolder } from '../gatekeeper/evidence.ts';

/** @returns Hashes of entries. What cannot be read as an entry is a finding of its own elsewhere. */
export function lostEvidence(rows: readonly GateRow[], folder: string): ReadonlySet<string> {
  const store = evidenceFolder(folder);
  const lost = rows.filter(({ kind, body }) => kind === 'verdict' && !isThere(store, body));
  return new Set(lost.map(({ hash }) => hash));
}

function isThere({ get }: Pick<EvidenceStore, 'get'>, text: string): boolean {
  try {
    const { findings } = GATE_BODIES.verdict.parse(JSON.parse(text));
    for (const { evidence } of findings) get(evidence as Parameters<typeof get>[0]);
    return true;
  } catch (error) {
    return !PacelineError.is(error);
  }
}
