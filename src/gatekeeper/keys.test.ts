import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type KeyRecord, keyFault, readKeyRecords } from '../core/key-records.ts';
import { verifySignature } from '../core/signature.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { addRecord, pemPath, readKeyFiles } from './key-files.ts';
import { folderSigner, revokeKey, rotateKey } from './keys.ts';

const base = mkdtempSync(join(tmpdir(), 'paceline-keys-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let folders = 0;
const newFolder = (): string => join(base, `${++folders}`, 'keys');
const clock = manualClock(1_000_000);
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'GATE_KEY', message: expect.stringMatching(message) });
const MINUTES = 60_000;

test('a key is made on first use, for its owner alone, and is the same the next time', () => {
  const folder = newFolder();
  const signer = folderSigner(folder, clock);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  }
  const signature = signer.sign('so it was');
  const { publicKey } = folderSigner(folder, clock);
  expect(publicKey).toBe(signer.publicKey);
  expect(verifySignature({ publicKey, statement: 'so it was', signature })).toBe(true);
  expect(verifySignature({ publicKey, statement: 'so it was not', signature })).toBe(false);
});

test('whoever loses the race for the first record uses the key of the other', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  const [record] = readKeyFiles(folder).records;
  expect(addRecord(folder, record as KeyRecord)).toBe(false);
  expect(readKeyFiles(folder).ring.current?.key).toBe(key);
});

test('keys that others can reach are refused, with the command that mends it', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  const path = pemPath(folder, key);
  const open = () => folderSigner(folder, clock);
  chmodSync(path, 0o644);
  expect(open).toThrow(refusal(new RegExp(`chmod 600 ${path}`)));
  chmodSync(path, 0o600);
  chmodSync(folder, 0o755);
  expect(open).toThrow(refusal(new RegExp(`chmod 700 ${folder}`)));
  chmodSync(folder, 0o700);
  chmodSync(join(folder, '0001.json'), 0o620);
  expect(open).toThrow(refusal(/chmod 600 .*0001[.]json/));
  chmodSync(join(folder, '0001.json'), 0o600);
  expect(open().key).toBe(key);
});

test.skipIf(process.getuid?.() !== 0)('a key of another user is refused', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  chownSync(pemPath(folder, key), 65_534, 65_534);
  expect(() => folderSigner(folder, clock)).toThrow(refusal(/belongs to user 65534/));
});

test('a link in the place of a key is refused, and so is a key of something else', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  const other = newFolder();
  const path = pemPath(other, folderSigner(other, clock).key);
  const own = pemPath(folder, key);
  const pem = readFileSync(own);
  writeFileSync(own, readFileSync(path));
  expect(() => folderSigner(folder, clock)).toThrow(refusal(/is not that of/));
  rmSync(own);
  symlinkSync(path, own);
  expect(() => folderSigner(folder, clock)).toThrow(refusal(/is no file/));
  rmSync(own);
  expect(() => folderSigner(folder, clock)).toThrow(refusal(/is gone.*rotate --lost/));
  writeFileSync(own, pem, { mode: 0o600 });
  expect(folderSigner(folder, clock).key).toBe(key);
});

test('a rotation is signed by the old key, whose private half is gone then', () => {
  const folder = newFolder();
  const old = folderSigner(folder, clock);
  clock.advance(10 * MINUTES);
  const { ring } = rotateKey({ folder, clock });
  const rotatedAt = clock.wallMs();
  const now = folderSigner(folder, clock);
  expect(now.key).not.toBe(old.key);
  expect(() => readFileSync(pemPath(folder, old.key))).toThrow(/ENOENT/);
  expect(() => old.sign('too late')).toThrow(refusal(/paceline resume/));
  expect(keyFault(ring, old.key, rotatedAt)).toBeUndefined();
  expect(keyFault(ring, old.key, rotatedAt + 2 * MINUTES)).toEqual({
    why: 'replaced',
    at: rotatedAt,
  });
  expect(keyFault(ring, now.key, rotatedAt)).toBeUndefined();
  expect(keyFault(ring, now.key, rotatedAt - 2 * MINUTES)).toEqual({
    why: 'made-later',
    at: rotatedAt,
  });
});

test('a revocation counts from the time it names, and the current key is replaced first', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  const madeAt = clock.wallMs();
  clock.advance(60 * MINUTES);
  const from = madeAt + 30 * MINUTES;
  const { ring, records } = revokeKey({ folder, clock, key, from, reason: 'laptop lost' });
  expect(records.map(({ kind }) => kind)).toEqual(['made', 'rotated', 'revoked']);
  expect(keyFault(ring, key, from - 1)).toBeUndefined();
  expect(keyFault(ring, key, from)).toEqual({ why: 'revoked', from, reason: 'laptop lost' });
  expect(folderSigner(folder, clock).key).toBe(ring.current?.key);
  expect(keyFault(ring, 'sha256:00', from)).toEqual({ why: 'unknown' });
  const unknown = { folder, clock, key: 'sha256:00', from, reason: 'x' };
  expect(() => revokeKey(unknown)).toThrow(/No key of .* has the id/);
});

test('a lost key is followed by one that stands by itself', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  rmSync(pemPath(folder, key));
  expect(() => rotateKey({ folder, clock })).toThrow(refusal(/is gone/));
  const { records } = rotateKey({ folder, clock, reason: 'disk lost' }, { isLost: true });
  expect(records.map(({ kind }) => kind)).toEqual(['made', 'made']);
  expect(folderSigner(folder, clock).key).not.toBe(key);
});

test('each record that is changed, left out or taken from elsewhere is found where it stands', () => {
  const folder = newFolder();
  const { key } = folderSigner(folder, clock);
  rotateKey({ folder, clock });
  const { records } = revokeKey({ folder, clock, key, from: 5, reason: 'seen' });
  const [made, rotated, revoked] = records as [KeyRecord, KeyRecord, KeyRecord];
  const foreign = newFolder();
  folderSigner(foreign, clock);
  const [other] = readKeyFiles(foreign).records as [KeyRecord];
  const faultOf = (...all: readonly KeyRecord[]) => readKeyRecords(all).fault?.number;
  expect(faultOf(made, rotated, revoked)).toBeUndefined();
  expect(faultOf({ ...made, at: 7 }, rotated, revoked)).toBe(1);
  expect(faultOf(made, { ...rotated, at: 7 }, revoked)).toBe(2);
  expect(faultOf(made, rotated, { ...revoked, from: 9 } as KeyRecord)).toBe(3);
  expect(faultOf(made, revoked)).toBe(2);
  expect(faultOf(other, rotated, revoked)).toBe(2);
  expect(faultOf(made, rotated, revoked, made)).toBe(4);
  writeFileSync(join(folder, '0002.json'), JSON.stringify({ ...rotated, at: 7 }));
  expect(() => folderSigner(folder, clock)).toThrow(refusal(/Record 2 .* does not hold/));
  writeFileSync(join(folder, '0002.json'), 'nothing');
  expect(() => folderSigner(folder, clock)).toThrow(refusal(/0002[.]json is no record/));
});
