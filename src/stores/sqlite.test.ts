import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { settledDraft } from '../testing/event-arbitrary.ts';
import { type ManualClock, manualClock } from '../testing/manual-clock.ts';
import type { Ledger, Store } from './contract.ts';
import { sqliteStore } from './sqlite.ts';
import { ledgerPath, openForWriting, studyFolder } from './sqlite-file.ts';

let directory = '';
let clock: ManualClock;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'paceline-sqlite-'));
  clock = manualClock();
  store = sqliteStore({ directory, clock });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const drafts = (count: number) => Array.from({ length: count }, (_, trial) => settledDraft(trial));

async function withLedger(use: (ledger: Ledger) => Promise<void> | void): Promise<void> {
  const ledger = await store.open('study', 'write');
  await use(ledger);
  await ledger.close();
}

function edit(sql: string): void {
  const db = new Database(ledgerPath(studyFolder(directory, 'study')));
  db.exec(sql);
  db.close();
}

test('events wait for company, at most 256 of them', () =>
  withLedger((ledger) => {
    ledger.append(drafts(255));
    expect(ledger.durable.seq).toBe(0);
    ledger.append(drafts(1));
    expect(ledger.durable).toEqual(ledger.head);
  }));

test('an append after 5 ms takes along what waits', () =>
  withLedger((ledger) => {
    ledger.append(drafts(1));
    clock.advance(4);
    ledger.append(drafts(1));
    expect(ledger.durable.seq).toBe(0);
    clock.advance(1);
    ledger.append(drafts(1));
    expect(ledger.durable.seq).toBe(3);
  }));

test('a loop that goes quiet becomes durable by itself', () =>
  withLedger(async (ledger) => {
    ledger.append(drafts(1));
    for (let waited = 0; waited < 200 && ledger.durable.seq === 0; waited++) await sleep(5);
    expect(ledger.durable.seq).toBe(1);
  }));

test.each([
  ['removed', () => rmSync(studyFolder(directory, 'study'), { recursive: true })],
  [
    'replaced',
    () => {
      const path = ledgerPath(studyFolder(directory, 'study'));
      renameSync(path, `${path}.was`);
      copyFileSync(`${path}.was`, path);
    },
  ],
])('planted: a ledger that is %s under its writer is told at the next commit', async (_, act) => {
  const ledger = await store.open('study', 'write');
  ledger.append(drafts(1));
  await ledger.flush();
  act();
  ledger.append(drafts(1));
  await expect(ledger.flush()).rejects.toMatchObject({
    code: 'DISK_FAILED',
    message: expect.stringMatching(/was removed or replaced while the study ran/),
  });
  await ledger.close();
});

test('every commit is synced, the log is checkpointed by size, readers are not shut out', () => {
  const db = openForWriting(directory);
  const setting = (name: string): unknown =>
    (db.prepare(`pragma ${name}`).raw().all([]) as unknown[][])[0]?.[0];
  expect(
    ['journal_mode', 'synchronous', 'wal_autocheckpoint', 'cache_size', 'locking_mode'].map(
      setting,
    ),
  ).toEqual(['wal', 2, 4000, -8192, 'normal']);
  db.close();
});

test.each([
  ['gone', "delete from meta where key = 'head'"],
  ['of another entry', "update meta set value = replace(value, '300', '299') where key = 'head'"],
  ['no JSON', "update meta set value = cast(x'ff7b' as text) where key = 'head'"],
])('the cached head is a cache: %s, it is computed again', async (_, sql) => {
  await withLedger((ledger) => void ledger.append(drafts(300)));
  const before = await store.open('study', 'read');
  const { head } = before;
  edit(sql);
  const reader = await store.open('study', 'read');
  expect(reader.head).toEqual(head);
  await withLedger((ledger) => expect(ledger.head).toEqual(head));
});

test('a damaged snapshot is passed over for the one before', async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  await withLedger(async (ledger) => {
    for (const committed of [1, 2]) {
      ledger.append(drafts(1));
      await ledger.saveSnapshot({ seq: committed, committed, fold: 'fold/1', bytes });
    }
  });
  edit("update snapshot set bytes = x'00' where seq = 2");
  const reader = await store.open('study', 'read');
  expect(await reader.loadSnapshot('fold/1', 9)).toEqual({
    seq: 1,
    committed: 1,
    fold: 'fold/1',
    bytes,
  });
});

test('rare events are found without a scan', async () => {
  await withLedger(() => undefined);
  const db = new Database(ledgerPath(studyFolder(directory, 'study')));
  const query =
    "select seq from event where type in (?) and type <> 'trial.settled' and seq > ? order by seq limit ?";
  const plan = JSON.stringify(db.prepare(`explain query plan ${query}`).raw().all(['a', 0, 1]));
  expect(plan).toContain('event_rare');
  db.close();
});

test('a name that leaves the folder is refused', async () => {
  for (const name of ['../other', 'a/b', '', '.hidden']) {
    await expect(store.open(name, 'write')).rejects.toMatchObject({ code: 'USAGE' });
  }
});

test('a folder that cannot hold a study is said to be the reason', async () => {
  writeFileSync(join(directory, 'studies'), 'a file, not a folder');
  await expect(store.open('study', 'write')).rejects.toMatchObject({
    code: 'WORKSPACE',
    exitCode: 73,
  });
});

test('a lost, a swapped and a kept large blob', async () => {
  const bytes = new Uint8Array(100_000).fill(7);
  const hash = sha256(bytes);
  const hex = hash.slice('sha256:'.length);
  const path = join(studyFolder(directory, 'study'), 'blobs', hex.slice(0, 2), hex.slice(2));
  await withLedger((ledger) => void ledger.append(drafts(1), [{ hash, bytes }]));
  const reader = await store.open('study', 'read');
  // A comparison of so many elements one by one takes a second.
  expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  expect(Buffer.compare((await reader.blob(hash)) ?? Buffer.of(), bytes)).toBe(0);
  writeFileSync(path, 'something else');
  await expect(reader.blob(hash)).rejects.toMatchObject({ code: 'LEDGER_ALTERED' });
  rmSync(path);
  expect(await reader.blob(hash)).toBeUndefined();
});
