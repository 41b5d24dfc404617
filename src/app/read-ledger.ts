import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Ledger } from '../stores/contract.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { verifyChain } from '../verify/chain.ts';
import { hasLedger, isStudy, stateFolder, studyFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export interface StudyPlace {
  readonly root: string;
  readonly id: string;
}

/** @throws PacelineError `LEDGER_ALTERED` where there was one: a report was written from it. */
export function refuseLost({ root, id }: StudyPlace): void {
  if (hasLedger(root, id) || !existsSync(join(studyFolder(root, id), 'report'))) return;
  throw new PacelineError(
    'LEDGER_ALTERED',
    `The ledger of ${id} is gone. Restore ledger.db from a copy; its report is still there.`,
    { id },
  );
}

/** @throws PacelineError `USAGE` for a study that was ended between its files and its ledger. */
export function refuseUnbegun({ root, id }: StudyPlace): void {
  refuseLost({ root, id });
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

/**
 * The same where people are told what to believe: nothing is said from entries that were changed
 * behind the chain. `verify` says all that is wrong; this names the first.
 * @throws PacelineError `LEDGER_ALTERED`.
 */
export function withSoundLedger<T>(
  place: StudyPlace,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  return withLedger(place, async (ledger) => {
    const [first] = (await verifyChain(ledger.rows(0))).findings;
    if (first === undefined) return work(ledger);
    throw new PacelineError(
      'LEDGER_ALTERED',
      `${first.detail} Nothing is said from such a ledger: run paceline verify ${place.id}, and restore a copy of it.`,
      { id: place.id, seq: first.seq },
    );
  });
}

/** Reads that stop at the same entry cannot contradict each other beside a running study. */
export async function* upTo(ledger: Ledger, seq: number): AsyncGenerator<readonly StoredEvent[]> {
  for await (const page of ledger.read(0)) {
    const wanted = page.filter((event) => event.seq <= seq);
    if (wanted.length > 0) yield wanted;
    if (wanted.length < page.length) return;
  }
}
