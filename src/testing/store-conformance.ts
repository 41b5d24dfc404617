/** The promises of the store contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import { GENESIS } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { Awaitable } from '../core/json.ts';
import type { Ledger, ReadOptions, Store } from '../stores/contract.ts';
import { settledDraft } from './event-arbitrary.ts';
import { allRows, blobOf, pagesOf, snapshotOf } from './ledger-samples.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { agreesWithMemory } from './store-oracle.ts';
import { lawOrReason, type Suite } from './suite.ts';

/** Whatever is a text instead of a subject is the reason why that law cannot apply. */
export interface StoreSubject {
  /** A fresh store without studies, on this clock. */
  readonly create: (clock: ManualClock) => Awaitable<StoreUnderTest>;
  /** The same with a disk that can be made to fail and to work again. */
  readonly failing: ((clock: ManualClock) => Awaitable<FailingStore>) | string;
}

export interface StoreUnderTest {
  readonly store: Store;
  readonly dispose: () => Awaitable<void>;
}

export interface FailingStore extends StoreUnderTest {
  readonly fail: () => Awaitable<void>;
  readonly heal: () => Awaitable<void>;
}

export function storeConformance(suite: Suite, subject: StoreSubject): void {
  for (const [name, law] of Object.entries(LAWS)) {
    suite.test(name, () => using(subject.create, law));
  }
  lawOrReason(suite, 'a failed flush poisons the handle and leaves the durable head', {
    needs: subject.failing,
    law: (create) => using(create, failedFlushLaw),
  });
  suite.test('random histories read back as from the memory store', () =>
    using(subject.create, ({ store }, clock) => agreesWithMemory(store, clock)),
  );
}

const STUDY = 'study-a';

type Law<T extends StoreUnderTest> = (under: T, clock: ManualClock) => Promise<void>;

async function using<T extends StoreUnderTest>(
  create: (clock: ManualClock) => Awaitable<T>,
  law: Law<T>,
): Promise<void> {
  const clock = manualClock();
  const under = await create(clock);
  try {
    await law(under, clock);
  } finally {
    await under.dispose();
  }
}

const LAWS: Readonly<Record<string, Law<StoreUnderTest>>> = {
  'readers see a prefix at any time, and all of it after flush': async ({ store }) => {
    const ledger = await store.open(STUDY, 'write');
    const reader = await store.open(STUDY, 'read');
    for (let trial = 0; trial < 600; trial++) {
      ledger.append([settledDraft(trial)]);
      if (trial % 97 !== 0) continue;
      const seen = await allRows(reader);
      assert.ok(seen.length <= ledger.head.seq);
      assert.deepEqual(
        seen.map(({ seq }) => seq),
        seen.map((_, i) => i + 1),
      );
    }
    assert.deepEqual(await ledger.flush(), ledger.head);
    assert.deepEqual(reader.durable, ledger.durable);
    assert.equal((await allRows(reader)).length, 600);
    await reader.close();
    await ledger.close();
  },

  'an event is frozen, equals what is read later, and a later change of the draft is not seen':
    async ({ store }) => {
      const ledger = await store.open(STUDY, 'write');
      const values = [1, -0, null];
      const draft = settledDraft(0);
      const [event] = ledger.append([{ ...draft, body: { ...draft.body, values } }]);
      values[0] = 99;
      await ledger.flush();
      assert.deepEqual(await allEvents(ledger), [event]);
      assert.ok(event?.type === 'trial.settled' && Object.isFrozen(event));
      assert.deepEqual(event.body.values, [1, 0, null]);
      for (const part of [event.body, event.body.values, event.meta])
        assert.ok(Object.isFrozen(part));
      await ledger.close();
    },

  'a draft that does not fit stores nothing of its batch': async ({ store }) => {
    const ledger = await store.open(STUDY, 'write');
    const { body } = settledDraft(1);
    for (const unfit of [
      { ...settledDraft(1), body: { ...body, surprise: 1 } },
      { ...settledDraft(1), body: { ...body, values: [Number.NaN] } },
      { ...settledDraft(1), trial: 1.5 },
      { ...settledDraft(1), actor: 'a\u001fb' },
    ]) {
      assert.throws(() => ledger.append([settledDraft(0), unfit]), hasCode('INTERNAL'));
    }
    assert.deepEqual(await ledger.flush(), GENESIS);
    assert.deepEqual(await allRows(ledger), []);
    await ledger.close();
  },

  'fields are stored in the order of the schema, whatever the order of the draft': async ({
    store,
  }) => {
    const ledger = await store.open(STUDY, 'write');
    const draft = settledDraft(0);
    const reversed = Object.fromEntries(Object.entries(draft.body).reverse()) as typeof draft.body;
    ledger.append([draft, { ...draft, body: reversed }]);
    await ledger.flush();
    const [one, two] = await allRows(ledger);
    assert.equal(one?.body, two?.body);
    await ledger.close();
  },

  'one writer: the second is refused with the name of the first, a reader never is': async ({
    store,
  }) => {
    const ledger = await store.open(STUDY, 'write');
    await assert.rejects(store.open(STUDY, 'write'), (error) => {
      assert.ok(hasCode('STUDY_LOCKED')(error) && error instanceof Error);
      assert.match(error.message, new RegExp(`process ${process.pid} .* since 20\\d\\d-`));
      return true;
    });
    await (await store.open(STUDY, 'read')).close();
    await (await store.open('study-b', 'write')).close();
    await ledger.close();
    await (await store.open(STUDY, 'write')).close();
  },

  'closing flushes, is harmless twice, and ends the handle': async ({ store }) => {
    const ledger = await store.open(STUDY, 'write');
    ledger.append([settledDraft(0)]);
    await ledger.close();
    await ledger.close();
    assert.throws(() => ledger.append([settledDraft(1)]), hasCode('INTERNAL'));
    await assert.rejects(ledger.flush(), hasCode('INTERNAL'));
    await assert.rejects(allRows(ledger), hasCode('INTERNAL'));
    const reader = await store.open(STUDY, 'read');
    assert.equal(reader.head.seq, 1);
    await reader.close();
    await assert.rejects(reader.lastTrial(), hasCode('INTERNAL'));
  },

  'a study that does not exist is named beside those that do, and is not made': async ({
    store,
  }) => {
    await assert.rejects(store.open('nothing', 'read'), hasCode('STUDY_UNKNOWN'));
    await (await store.open(STUDY, 'write')).close();
    await assert.rejects(store.open('studi-a', 'read'), /Did you mean "study-a"/);
    assert.deepEqual(await store.list(), [STUDY]);
  },

  'a reading handle refuses to write': async ({ store }) => {
    await (await store.open(STUDY, 'write')).close();
    const reader = await store.open(STUDY, 'read');
    assert.throws(() => reader.append([settledDraft(0)]), hasCode('INTERNAL'));
    await assert.rejects(reader.flush(), hasCode('INTERNAL'));
    await assert.rejects(reader.saveSnapshot(snapshotOf(0)), hasCode('INTERNAL'));
    await reader.close();
  },

  'the last trial is the last one settled, whatever follows it': async ({ store }) => {
    const ledger = await store.open(STUDY, 'write');
    assert.equal(await ledger.lastTrial(), -1);
    ledger.append([0, 1, 2].map(settledDraft));
    ledger.append([
      { type: 'study.resumed', trial: 7, actor: 'engine', body: { epoch: 1, fromSeq: 3 } },
    ]);
    await ledger.flush();
    assert.equal(await ledger.lastTrial(), 2);
    await ledger.close();
  },

  'pages have the size asked for and hold the types asked for': async ({ store }) => {
    const ledger = await store.open(STUDY, 'write');
    const rare = {
      type: 'study.resumed',
      actor: 'engine',
      body: { epoch: 1, fromSeq: 0 },
    } as const;
    ledger.append([settledDraft(0), rare, settledDraft(1), rare, rare, settledDraft(2)]);
    await ledger.flush();
    const seqs = async (after: number, options: ReadOptions): Promise<number[][]> =>
      (await pagesOf(ledger, after, options)).map((page) => page.map(({ seq }) => seq));
    assert.deepEqual(await seqs(0, { pageSize: 4 }), [
      [1, 2, 3, 4],
      [5, 6],
    ]);
    assert.deepEqual(await seqs(2, { pageSize: 2, types: ['study.resumed'] }), [[4, 5]]);
    assert.deepEqual(await seqs(1, { types: ['trial.settled'] }), [[3, 6]]);
    assert.deepEqual(await seqs(4, { types: ['study.resumed', 'trial.settled'] }), [[5, 6]]);
    assert.deepEqual(await seqs(6, {}), []);
    await ledger.close();
  },

  'the newest usable snapshot: same fold, not taken later than asked, three kept': async ({
    store,
  }) => {
    const ledger = await store.open(STUDY, 'write');
    for (let committed = 1; committed <= 5; committed++) {
      ledger.append([settledDraft(committed)]);
      await ledger.saveSnapshot(snapshotOf(committed, committed === 5 ? 'fold/2' : 'fold/1'));
    }
    const find = async (fold: string, at: number) =>
      (await ledger.loadSnapshot(fold, at))?.committed;
    assert.deepEqual(await ledger.loadSnapshot('fold/1', 4), snapshotOf(4));
    assert.equal(await find('fold/1', 99), 4);
    assert.equal(await find('fold/1', 3), 3);
    assert.equal(await find('fold/1', 2), undefined);
    assert.equal(await find('fold/2', 5), 5);
    assert.equal(await find('fold/3', 99), undefined);
    assert.equal(ledger.durable.seq, 5, 'a snapshot is never ahead of the durable events');
    await ledger.close();
  },

  'a snapshot stays what it was, whatever becomes of the bytes given and read': async ({
    store,
  }) => {
    const ledger = await store.open(STUDY, 'write');
    ledger.append([settledDraft(1)]);
    // As the loop gives them and V8 reads them: of a Buffer, `slice` is no copy.
    const given = Buffer.from(snapshotOf(1).bytes);
    await ledger.saveSnapshot({ ...snapshotOf(1), bytes: given });
    given.fill(9);
    (await ledger.loadSnapshot('fold/1', 1))?.bytes.fill(9);
    assert.deepEqual(await ledger.loadSnapshot('fold/1', 1), snapshotOf(1));
    await ledger.close();
  },

  'blobs of every size come back, once durable, and unknown ones are undefined': async ({
    store,
  }) => {
    const ledger = await store.open(STUDY, 'write');
    const blobs = [0, 1, 1024, 65_536, 65_537, 300_000].map(blobOf);
    const buffers = blobs.map(({ hash, bytes }) => ({ hash, bytes: Uint8Array.from(bytes) }));
    ledger.append([settledDraft(0)], buffers);
    for (const { bytes } of buffers) bytes.fill(0);
    ledger.append([settledDraft(1)], blobs);
    await ledger.flush();
    const reader = await store.open(STUDY, 'read');
    for (const { hash, bytes } of blobs) assert.deepEqual(await reader.blob(hash), bytes);
    assert.equal(await reader.blob(sha256('unknown')), undefined);
    const wrong = { hash: sha256('other'), bytes: new Uint8Array(3) };
    assert.throws(() => ledger.append([settledDraft(2)], [wrong]), hasCode('INTERNAL'));
    assert.equal(ledger.head.seq, 2);
    await reader.close();
    await ledger.close();
  },

  'a reopened study goes on where it was, in the epoch it was': async ({ store }) => {
    const first = await store.open(STUDY, 'write');
    first.append([{ ...settledDraft(0), meta: { epoch: 3 } }]);
    await first.close();
    const second = await store.open(STUDY, 'write');
    assert.deepEqual(second.head, first.head);
    const [event] = second.append([settledDraft(1)]);
    assert.equal(event?.meta.epoch, 3);
    assert.equal(event?.seq, 2);
    await second.close();
  },
};

const failedFlushLaw: Law<FailingStore> = async ({ store, fail, heal }) => {
  const ledger = await store.open(STUDY, 'write');
  ledger.append([0, 1, 2].map(settledDraft));
  const durable = await ledger.flush();
  await fail();
  const work = async (): Promise<void> => {
    for (let trial = 3; trial < 100_000; trial++) ledger.append([settledDraft(trial)]);
    await ledger.flush();
  };
  await assert.rejects(work, (error) => {
    assert.ok(PacelineError.is(error));
    assert.deepEqual([error.code, error.exitCode], ['DISK_FAILED', 74]);
    assert.match(error.message, /resume/);
    return true;
  });
  const last = ledger.durable;
  assert.ok(last.seq >= durable.seq && last.seq < ledger.head.seq, 'memory is ahead of the disk');
  for (const use of [
    async () => ledger.append([settledDraft(0)]),
    () => ledger.flush(),
    () => ledger.lastTrial(),
    () => allRows(ledger),
    () => ledger.saveSnapshot(snapshotOf(0)),
  ]) {
    await assert.rejects(use, hasCode('HANDLE_POISONED'));
  }
  await ledger.close();
  await heal();
  const again = await store.open(STUDY, 'write');
  assert.deepEqual(again.head, last);
  assert.equal((await allRows(again)).length, last.seq);
  again.append([settledDraft(0)]);
  await again.close();
};

async function allEvents(ledger: Ledger): Promise<StoredEvent[]> {
  return (await pagesOf(ledger, 0, {})).flat();
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => PacelineError.is(error) && error.code === code;
}
