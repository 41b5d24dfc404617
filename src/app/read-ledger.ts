import { PacelineError } from '../core/errors.ts';
import type { Ledger } from '../stores/contract.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { hasLedger, isStudy, stateFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export interface StudyPlace {
  readonly root: string;
  readonly id: string;
}

/** @throws PacelineError `USAGE` for a study that was ended between its files and its ledger. */
export function refuseUnbegun({ root, id }: StudyPlace): void {
  if (!isStudy(root, id) || hasLedger(root, id)) return;
  throw new PacelineError(
    'USAGE',
    `${id} was ended before its first entry, so there is nothing in it yet. Begin it with paceline resume ${id}.`,
    { id },
  );
}

/** Opens for reading, which works beside a running study, and closes again whatever happens. */
export async function withLedger<T>(
  { root, id }: StudyPlace,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
  refuseUnbegun({ root, id });
  const ledger = await store.open(id, 'read');
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
