/** A study goes on under the keys that signed what it decided so far, or under those that followed them. */
import { PacelineError } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import { readKeyFiles } from '../gatekeeper/key-files.ts';
import type { Ledger } from '../stores/contract.ts';
import { keysFolder } from './study-files.ts';

/**
 * Where the folder of the keys is gone a new one would be made in silence, and nothing that the study signed
 * before could be told from a forgery.
 * @throws PacelineError `GATE_KEY` where no record names the key that signed last.
 */
export async function refuseLostKeys(
  ledger: Pick<Ledger, 'read'>,
  { root, id }: { readonly root: string; readonly id: string },
): Promise<void> {
  const key = await lastKeyOf(ledger);
  if (key === undefined) return;
  const folder = keysFolder(root);
  if (readKeyFiles(folder).ring.spans.some((span) => span.key === key)) return;
  throw new PacelineError(
    'GATE_KEY',
    `The key that signed what ${id} decided so far is in no record of ${folder}, so nothing more is signed. Restore that folder from a copy. If it is lost, start a new study with paceline run; what was signed here can be checked with published roots alone (paceline verify --roots).`,
    { id, folder, key },
  );
}

async function lastKeyOf(ledger: Pick<Ledger, 'read'>): Promise<Hash | undefined> {
  let key: Hash | undefined;
  for await (const page of ledger.read(0, { types: ['gatekeeper.joined'] })) {
    for (const event of page) if (event.type === 'gatekeeper.joined') key = event.body.key;
  }
  return key;
}
