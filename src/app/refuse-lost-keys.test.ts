import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderSigner, rotateKey } from '../gatekeeper/keys.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { listKeys, rotateKeys } from './keys.ts';
import { refuseLostKeys } from './refuse-lost-keys.ts';
import { createStudyFiles, evidencePath, keysFolder } from './study-files.ts';

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
