/** A study goes on under the keys that signed what it decided so far, or under those that followed them. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { said } from '../core/said.ts';
import { readKeyFiles } from '../gatekeeper/key-files.ts';
import type { Ledger } from '../stores/contract.ts';
import { type StudyPlace, withLedger } from './read-ledger.ts';
import { evidencePath, hasSecret, keysFolder, listStudies } from './study-files.ts';

/**
 * Where the folder of the keys is gone a new one would be made in silence, and nothing that the study signed
 * before could be told from a forgery.
 * @throws PacelineError `GATE_KEY` where no record names the key that signed last.
 */
export async function refuseLostKeys(
  ledger: Pick<Ledger, 'read'>,
  { root, id }: { readonly root: string; readonly id: string },
): Promise<void> {
  const last = await lastKeyOf(ledger);
  if (last === undefined) return;
  const { key } = last;
  const folder = keysFolder(root);
  if (readKeyFiles(folder).ring.spans.some((span) => span.key === key)) return;
  throw new PacelineError(
    'GATE_KEY',
    `The key that signed what ${id} decided so far is in no record of ${folder}, so nothing more is signed. Restore that folder from a copy. If it is lost, start a new study with paceline run; what was signed here can be checked with published roots alone (paceline verify --roots).`,
    { id, folder, key },
  );
}

type Joined = EventBody['gatekeeper.joined'];

async function lastKeyOf(ledger: Pick<Ledger, 'read'>): Promise<Joined | undefined> {
  let last: Joined | undefined;
  for await (const page of ledger.read(0, { types: ['gatekeeper.joined'] })) {
    for (const event of page) if (event.type === 'gatekeeper.joined') last = event.body;
  }
  return last;
}

/**
 * A study that begins where no key is left makes one, which nothing ties to those before: said before it is made.
 * Imported studies never had a key here, unless all that the gate kept is gone, where nobody can tell them apart.
 * @returns Undefined where there is a key, or none was ever used.
 */
export async function lostKeysWords(root: string): Promise<string | undefined> {
  const folder = keysFolder(root);
  if (readKeyFiles(folder).records.length > 0) return undefined;
  const isGateGone = !existsSync(dirname(folder));
  const own = listStudies(root).filter(
    (id) => isGateGone || hasSecret(root, id) || existsSync(evidencePath(root, id)),
  );
  const studies = new Map<string, string[]>();
  for (const id of own) {
    const last = await signerOf({ root, id });
    if (last === undefined) continue;
    // Of an imported ledger it is whatever somebody wrote.
    const key = `${last.key} (public key ${said(last.publicKey, { quotes: false })})`;
    studies.set(key, [...(studies.get(key) ?? []), id]);
  }
  if (studies.size === 0) return undefined;
  const signed = [...studies].map(([key, ids]) => `${ids.join(', ')}: ${key}`).join('; ');
  return `The signing keys of this folder are gone (${folder}), and this study makes a new one, which nothing ties to the old. Signed before, by study and key: ${signed}. Roots and verdicts of those keys can be checked with their public keys alone, which published roots hold too (paceline verify --roots), and those studies do not go on. If there is a copy of the folder, stop this study, remove the new folder and put the copy back.`;
}

/** Undefined, too, for a study that cannot be read: verify says what is wrong with it. */
async function signerOf(place: StudyPlace): Promise<Joined | undefined> {
  try {
    return await withLedger(place, lastKeyOf);
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}
