import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Signer } from '../gatekeeper/contract.ts';
import { folderSigner, rotateKey } from '../gatekeeper/keys.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { listKeys, rotateKeys } from './keys.ts';
import { lostKeysWords, refuseLostKeys } from './refuse-lost-keys.ts';
import { createStudyFiles, evidencePath, keysFolder, stateFolder } from './study-files.ts';

function signedStudy() {
  const root = mkdtempSync(join(tmpdir(), 'paceline-lost-keys-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [folder, clock] = [keysFolder(root), manualClock()];
  mkdirSync(dirname(folder), { recursive: true });
  const { key } = folderSigner(folder, clock);
  const ledger = {
    async *read() {
      yield [{ type: 'gatekeeper.joined', body: { key } }] as never;
    },
  };
  return { root, folder, clock, goOn: () => refuseLostKeys(ledger, { root, id: 's-1' }) };
}

test('planted: a study whose keys are gone, or are another folder’s, does not go on under new ones', async () => {
  const { folder, clock, goOn } = signedStudy();
  await expect(goOn()).resolves.toBeUndefined();
  renameSync(folder, `${folder}.copy`);
  await expect(goOn()).rejects.toMatchObject({
    code: 'GATE_KEY',
    message: expect.stringMatching(/s-1 decided so far .* Restore that folder from a copy/),
  });
  folderSigner(folder, clock);
  await expect(goOn()).rejects.toMatchObject({ code: 'GATE_KEY' });
  rmSync(folder, { recursive: true });
  renameSync(`${folder}.copy`, folder);
  await expect(goOn()).resolves.toBeUndefined();
});

test('a key that another followed is one of the study all the same', async () => {
  const { folder, clock, goOn } = signedStudy();
  clock.advance(60_000);
  rotateKey({ folder, clock });
  await expect(goOn()).resolves.toBeUndefined();
});

test('planted: no key where studies were judged is not taken for a folder that has signed nothing yet', () => {
  const { root, folder } = signedStudy();
  rmSync(folder, { recursive: true });
  expect(listKeys(root)).toEqual({ keys: [] });
  createStudyFiles({ id: 's-1', root, config: {} }, 'secret');
  mkdirSync(evidencePath(root, 's-1'), { recursive: true });
  expect(listKeys(root)).toEqual({ keys: [], areGone: true });
  expect(() => rotateKeys(root, {})).toThrow(/has no key[.] Restore it from a copy/);
  expect(rotateKeys(root, { lost: true, reason: 'disk lost' }).keys).toHaveLength(1);
});

async function leaveLedger(root: string, id: string, { key, publicKey }: Signer) {
  const directory = stateFolder(root);
  const ledger = await sqliteStore({ directory, clock: manualClock() }).open(id, 'write');
  const stamp = { digest: key, secretCommit: key, user: { own: true } } as const;
  const body = { key, publicKey, ...stamp };
  ledger.append([{ type: 'gatekeeper.joined', actor: 'gatekeeper', body }]);
  await ledger.flush();
  await ledger.close();
}

test('planted: a study that begins where the keys are gone says which, before it makes a new one', async () => {
  const { root, folder, clock } = signedStudy();
  expect(await lostKeysWords(root)).toBeUndefined();
  const signer = folderSigner(folder, clock);
  createStudyFiles({ id: 's-1', root, config: {} }, 'secret');
  await leaveLedger(root, 's-1', signer);
  expect(await lostKeysWords(root)).toBeUndefined();
  for (const lost of [folder, dirname(folder)]) {
    rmSync(lost, { recursive: true });
    const words = await lostKeysWords(root);
    expect(words).toContain(`s-1: ${signer.key} (public key ${signer.publicKey})`);
    expect(words).toMatch(/makes a new one, which nothing ties to the old/);
  }
});

test('a study that was imported is none whose keys this folder lost', async () => {
  const { root, folder, clock } = signedStudy();
  const theirs = folderSigner(folder, clock);
  rmSync(folder, { recursive: true });
  const study = join(stateFolder(root), 'studies', 'theirs');
  mkdirSync(study, { recursive: true });
  writeFileSync(join(study, 'study.json'), '');
  await leaveLedger(root, 'theirs', theirs);
  expect(await lostKeysWords(root)).toBeUndefined();
  createStudyFiles({ id: 'ours', root, config: {} }, 'secret');
  await leaveLedger(root, 'ours', theirs);
  expect(await lostKeysWords(root)).toMatch(/ours: sha256/);
});

test('planted: a ledger whose public key would drive a terminal is named without it', async () => {
  const { root, folder, clock } = signedStudy();
  const { key } = folderSigner(folder, clock);
  rmSync(dirname(folder), { recursive: true });
  createStudyFiles({ id: 's-1', root, config: {} }, 'secret');
  await leaveLedger(root, 's-1', { key, publicKey: '\u001b[2J\u202ex\ny' } as Signer);
  const words = (await lostKeysWords(root)) ?? '';
  expect(words).toContain(`s-1: ${key}`);
  expect(words).not.toMatch(/[\p{C}\n]/u);
});
