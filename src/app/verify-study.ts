import { decodeRow } from '../core/events.ts';
import type { Ledger } from '../stores/contract.ts';
import { verifyLedger } from '../verify/ledger.ts';
import type { VerifyReport } from '../verify/report.ts';
import { type ArchiveRecord, archiveOf } from './build-archive.ts';
import { withLedger } from './read-ledger.ts';

export type { VerifyReport };

/** Works beside a running study: what is durable now is verified. @throws `USAGE` for a malformed head. */
export async function verifyStudy(root: string, id: string, head?: string): Promise<VerifyReport> {
  return withLedger({ root, id }, async (ledger) => {
    const archive = archiveOf(await recordedArchive(ledger));
    return verifyLedger(ledger, head === undefined ? { archive } : { archive, head });
  });
}

/** A first entry that cannot be read is a finding of `verifyLedger`; here it names no archive. */
async function recordedArchive(ledger: Pick<Ledger, 'rows'>): Promise<ArchiveRecord> {
  for await (const [first] of ledger.rows(0)) {
    if (first === undefined) continue;
    try {
      const event = decodeRow(first);
      return event.type === 'study.opened' ? event.body.archive : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
