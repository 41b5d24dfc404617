import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Ledger, Snapshot, Store } from '../../src/stores/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import type { ManualClock } from '../../src/testing/manual-clock.ts';
import { type StoreSubject, storeConformance } from '../../src/testing/store-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { smallDisk } from '../guarantees/fixtures/small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-stores-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const suite: Suite = {
  test: (name, body) => test(name, body, 30_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const nothing = (): void => undefined;
const disk = smallDisk();
afterAll(() => (typeof disk === 'string' ? undefined : disk.remove()));

const SUBJECTS: Readonly<Record<string, StoreSubject>> = {
  'memory.ts': {
    create: (clock) => ({ store: memoryStore({ clock }), dispose: nothing }),
    failing: 'memory does not fail',
  },
  'sqlite.ts': {
    create: (clock) => {
      const directory = mkdtempSync(join(folder, 'state-'));
      return { store: sqliteStore({ directory, clock }), dispose: nothing };
    },
    failing:
      typeof disk === 'string'
        ? disk
        : (clock) => ({
            store: sqliteStore({ directory: disk.folder, clock }),
            fail: () => disk.fill(),
            heal: disk.free,
            dispose: nothing,
          }),
  },
};

for (const [file, subject] of Object.entries(SUBJECTS)) {
  describe(file, () => storeConformance(suite, subject));
}

test('no store is untested: every file that makes one is a subject', () => {
  const stores = join(import.meta.dirname, '../../src/stores');
  const makers = readdirSync(stores).filter((file) =>
    /export (async )?function \w+Store\(/.test(readFileSync(join(stores, file), 'utf8')),
  );
  expect(makers.sort()).toEqual(Object.keys(SUBJECTS).sort());
});

/** Each breaks one promise of the memory store; the suite must notice every one. */
const FAULTS: Readonly<Record<string, (ledger: Ledger, store: Store) => Partial<Ledger & Store>>> =
  {
    'a reader is a writer': (_, { open }) => ({ open: (study) => open(study, 'write') }),
    'nothing is listed': () => ({ list: async () => [] }),
    'an append is forgotten': (ledger) => ({
      append: (drafts) => ledger.append(drafts.slice(0, 2)),
    }),
    'types are ignored': ({ read }) => ({
      read: (after, { pageSize = 9 } = {}) => read(after, { pageSize }),
    }),
    'pages are ignored': ({ read }) => ({
      read: (after, { types } = {}) => read(after, types && { types }),
    }),
    'a page begins one early': ({ read }) => ({
      read: (after, options) => read(Math.max(0, after - 1), options),
    }),
    'the last trial is the number of entries': (ledger) => ({
      lastTrial: async () => ledger.head.seq,
    }),
    'any fold will do': ({ loadSnapshot }) => ({
      loadSnapshot: async (fold, at) =>
        (await loadSnapshot(fold, at)) ?? loadSnapshot('fold/1', at),
    }),
    'the newest snapshot will do': ({ loadSnapshot }) => ({
      loadSnapshot: (fold) => loadSnapshot(fold, Infinity),
    }),
    'a snapshot can be changed': ({ saveSnapshot, loadSnapshot }) => {
      let kept: Snapshot | undefined;
      return {
        saveSnapshot: async (snapshot) => {
          kept ??= snapshot;
          await saveSnapshot(snapshot);
        },
        loadSnapshot: async (fold, at) =>
          kept?.fold === fold && kept.committed === at ? kept : loadSnapshot(fold, at),
      };
    },
    'blobs are lost': () => ({ blob: async () => undefined }),
    'flush does nothing': (ledger) => ({ flush: async () => ledger.durable }),
    'events can be changed': ({ append }) => ({
      append: (...given) => structuredClone(append(...given)),
    }),
  };

test.each(Object.keys(FAULTS))('the suite notices that %s', async (name) => {
  const create = (clock: ManualClock) => ({
    store: faulty(memoryStore({ clock }), name),
    dispose: nothing,
  });
  const laws: (() => Promise<void>)[] = [];
  const collect: Suite = { test: (_, law) => void laws.push(law), skip: nothing };
  storeConformance(collect, { create, failing: 'memory does not fail' });
  await expect(inTurn(laws)).rejects.toThrow();
});

async function inTurn(laws: readonly (() => Promise<void>)[]): Promise<void> {
  for (const law of laws) await law();
}

function faulty(store: Store, name: string): Store {
  const open: Store['open'] = async (study, mode) => {
    const ledger = await store.open(study, mode);
    const broken = Object.getOwnPropertyDescriptors(FAULTS[name]?.(ledger, store) ?? {});
    return Object.create(ledger, broken) as Ledger;
  };
  return { list: store.list, open, ...pickStore(FAULTS[name]?.({} as Ledger, store)) };
}

function pickStore(broken: Partial<Ledger & Store> = {}): Partial<Store> {
  const { open, list } = broken;
  return { ...(open && { open }), ...(list && { list }) };
}
