/**
 * The signing keys of a folder of studies: made on first use, replaced and revoked by people. Whoever
 * holds one looks before each signature whether it is still the current one.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import {
  type KeyRecord,
  recordHash,
  recordStatement,
  type UnsignedKeyRecord,
} from '../core/key-records.ts';
import { keyIdOf } from '../core/signature.ts';
import type { Signer } from './contract.ts';
import {
  addRecord,
  countRecords,
  type KeyFiles,
  readKeyFiles,
  readPem,
  removePem,
  writePem,
} from './key-files.ts';

interface KeyPair {
  readonly key: Hash;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/**
 * The current key of the folder; a first one is made where there is none.
 * @throws PacelineError `GATE_KEY` in words for the person who starts.
 */
export function folderSigner(folder: string, clock: Clock): Signer {
  if (readKeyFiles(folder).ring.current === undefined) makeFirst(folder, clock);
  const { records, ring } = readKeyFiles(folder);
  const { current } = ring;
  if (current === undefined) throw changedMeanwhile(folder);
  const { key, publicKey } = current;
  const pair = pairOf(createPrivateKey(readPem(folder, key)));
  if (pair.key !== key) {
    throw new PacelineError(
      'GATE_KEY',
      `The private key in ${folder} is not that of ${key}. Restore the file from a copy, or make a new key: paceline keys rotate --lost --reason TEXT.`,
      { folder, key },
    );
  }
  return {
    key,
    publicKey,
    sign(statement) {
      if (countRecords(folder) !== records.length) throw changedMeanwhile(folder);
      return signed(pair, statement);
    },
  };
}

export interface KeyChange {
  readonly folder: string;
  readonly clock: Clock;
  readonly reason?: string;
}

/**
 * A new key, signed by the current one, whose private half is then removed. `isLost`: that half is gone,
 * so the new key stands by itself. @returns the records as they are then.
 */
export function rotateKey(change: KeyChange, { isLost = false } = {}): KeyFiles {
  const { folder, clock, reason } = change;
  const { records, ring } = readKeyFiles(folder);
  const { current } = ring;
  const pair = newPair();
  const by = current === undefined || isLost ? pair : holderOf(folder, current.key);
  writePem(folder, pair.key, pemOf(pair));
  const kind = by === pair ? 'made' : 'rotated';
  const { key, publicKey } = pair;
  const said = { kind, key, publicKey, ...(reason ? { reason } : {}) } as const;
  try {
    append({ folder, records, by }, { ...said, at: clock.wallMs() });
  } catch (error) {
    removePem(folder, key);
    throw error;
  }
  if (current) removePem(folder, current.key);
  return readKeyFiles(folder);
}

export interface Revocation extends KeyChange {
  readonly key: Hash;
  /** ms since 1970: what it signed from then on counts for nothing. */
  readonly from: number;
  readonly reason: string;
}

/** Where the current key is revoked, it is replaced first. @returns the records as they are then. */
export function revokeKey({ key, from, reason, ...change }: Revocation): KeyFiles {
  const { folder, clock } = change;
  const { ring } = readKeyFiles(folder);
  const span = ring.spans.find((one) => one.key === key);
  if (span === undefined) {
    throw new PacelineError(
      'USAGE',
      `No key of ${folder} has the id ${key}. paceline keys list shows them.`,
      { key },
    );
  }
  const { records, ring: now } =
    span.to === undefined ? rotateKey({ ...change, reason }) : readKeyFiles(folder);
  const { current } = now;
  if (current === undefined) throw changedMeanwhile(folder);
  const by = holderOf(folder, current.key);
  append({ folder, records, by }, { kind: 'revoked', key, from, reason, at: clock.wallMs() });
  return readKeyFiles(folder);
}

/** Two processes may start in a new folder at once: one of their keys becomes the first. */
function makeFirst(folder: string, clock: Clock): void {
  const pair = newPair();
  const { key, publicKey } = pair;
  writePem(folder, key, pemOf(pair));
  const record = { kind: 'made', key, publicKey, at: clock.wallMs() } as const;
  if (!isAppended({ folder, records: [], by: pair }, record)) removePem(folder, key);
}

interface Holding {
  readonly folder: string;
  readonly records: readonly KeyRecord[];
  readonly by: KeyPair;
}

type Said = UnsignedKeyRecord extends infer R
  ? R extends unknown
    ? Omit<R, 'schema' | 'number' | 'previous' | 'signedBy'>
    : never
  : never;

function isAppended({ folder, records, by }: Holding, said: Said): boolean {
  const last = records.at(-1);
  const unsigned = {
    schema: 'paceline.key/1',
    number: records.length + 1,
    previous: last === undefined ? null : recordHash(last),
    signedBy: by.key,
    ...said,
  } as UnsignedKeyRecord;
  const signature = signed(by, recordStatement(unsigned));
  return addRecord(folder, { ...unsigned, signature } as KeyRecord);
}

function append(holding: Holding, said: Said): void {
  if (!isAppended(holding, said)) throw changedMeanwhile(holding.folder);
}

function holderOf(folder: string, key: Hash): KeyPair {
  return pairOf(createPrivateKey(readPem(folder, key)));
}

function newPair(): KeyPair {
  return pairOf(generateKeyPairSync('ed25519').privateKey);
}

function pairOf(privateKey: KeyObject): KeyPair {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url').toString('base64');
  return { key: keyIdOf(publicKey), publicKey, privateKey };
}

function pemOf({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function signed({ privateKey }: KeyPair, statement: string): string {
  return signBytes(null, Buffer.from(statement), privateKey).toString('base64');
}

function changedMeanwhile(folder: string): PacelineError {
  return new PacelineError(
    'GATE_KEY',
    `The signing keys in ${folder} were changed meanwhile. Nothing is lost: paceline resume goes on with the key that is current then.`,
    { folder },
  );
}
