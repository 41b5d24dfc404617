import type { Ledger } from '../stores/contract.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { stateFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export interface StudyPlace {
  readonly root: string;
  readonly id: string;
}

/** Opens for reading, which works beside a running study, and closes again whatever happens. */
export async function withLedger<T>(
  { root, id }: StudyPlace,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
  const ledger = await store.open(id, 'read');
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
