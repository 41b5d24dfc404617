import type { Archive } from '../archives/contract.ts';
import { paretoArchive } from '../archives/pareto.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { verifyLedger } from '../verify/ledger.ts';
import type { VerifyReport } from '../verify/report.ts';

export type { VerifyReport } from '../verify/report.ts';

import { stateFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

/** Works beside a running study: what is durable now is verified. @throws `USAGE` for a malformed head. */
export async function verifyStudy(root: string, id: string, head?: string): Promise<VerifyReport> {
  const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
  const ledger = await store.open(id, 'read');
  try {
    const archive = paretoArchive() as Archive;
    return await verifyLedger(ledger, head === undefined ? { archive } : { archive, head });
  } finally {
    await ledger.close();
  }
}
