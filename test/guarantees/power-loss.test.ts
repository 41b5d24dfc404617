import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/stores/contract.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { ledgerPath, studyFolder } from '../../src/stores/sqlite-file.ts';
import { settledDraft } from '../../src/testing/event-arbitrary.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { verifyChain } from '../../src/verify/chain.ts';
import { isThorough } from '../thorough.ts';
import { killHard, linesUntil, startWriter } from './fixtures/child.ts';
import { randomInts } from './fixtures/random-ints.ts';
import { smallDisk } from './fixtures/small-disk.ts';
import { acknowledgements } from './fixtures/trace.ts';

const directory = mkdtempSync(join(tmpdir(), 'paceline-power-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const storeIn = (folder: string): Store => sqliteStore({ directory: folder, clock: manualClock() });

describe('sync before acknowledgement', () => {
  const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
  const traced = hasStrace ? test : test.skip;
  const reason = hasStrace ? '' : ' (strace is missing or not permitted)';
  const COMMITS = 30;

  traced(
    `every acknowledged flush was preceded by an fdatasync of its own${reason}`,
    async () => {
      const text = await trace('end');
      expect(acknowledgements(text)).toEqual({ acks: COMMITS, unsynced: 0 });
      // Planted: the same trace without its syncs.
      const without = text.replace(/^.*f(data)?sync.*\n/gm, '');
      expect(acknowledgements(without)).toEqual({ acks: COMMITS, unsynced: COMMITS });
    },
    30_000,
  );

  const planted = isThorough ? traced : test.skip;
  planted(
    `the trace shows it when a connection does not sync${reason}`,
    async () => {
      expect(acknowledgements(await trace('unsafe'))).toEqual({ acks: COMMITS, unsynced: COMMITS });
    },
    30_000,
  );

  async function trace(mode: string): Promise<string> {
    const file = join(directory, `${mode}.trace`);
    const prefix = ['strace', '-f', '-e', 'trace=write,fdatasync,fsync', '-s', '16', '-o', file];
    const child = startWriter('ledger-writer', [directory, mode, String(COMMITS), mode], prefix);
    const ended = once(child, 'exit');
    await linesUntil(child, 'done');
    await ended;
    return readFileSync(file, 'utf8');
  }
});

describe('a log that is cut off or damaged', () => {
  const COMMITS = 60;
  const PLACES = isThorough ? 200 : 60;
  const original = join(directory, 'original');
  let log = Buffer.alloc(0);

  beforeAll(async () => {
    const child = startWriter('ledger-writer', [original, 'study', String(COMMITS), 'stay']);
    await linesUntil(child, 'done');
    await killHard(child);
    log = readFileSync(`${ledgerPath(studyFolder(original, 'study'))}-wal`);
  }, 20_000);

  test('whole, it holds every acknowledged event', async () => {
    expect(await reopened(log)).toBe(2 * COMMITS);
  });

  test(`cut off at ${PLACES} places it opens as a valid prefix`, async () => {
    const below = randomInts('cut');
    const lengths = new Set<number>();
    for (let i = 0; i < PLACES; i++) {
      const at = below(log.length);
      lengths.add(await reopened(log.subarray(0, at)));
    }
    expect(lengths.size).toBeGreaterThan(COMMITS / 3);
  }, 30_000);

  test(`with a flipped bit at ${PLACES} places it opens as a valid prefix`, async () => {
    const below = randomInts('flip');
    const lengths = new Set<number>();
    for (let i = 0; i < PLACES; i++) {
      const damaged = Buffer.from(log);
      const at = below(log.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << below(8));
      lengths.add(await reopened(damaged));
    }
    expect(lengths.size).toBeGreaterThan(COMMITS / 3);
  }, 30_000);

  let copies = 0;

  /** Opens a copy with this log, checks it, writes on; gives the number of entries it had. */
  async function reopened(bytes: Uint8Array): Promise<number> {
    copies += 1;
    const copy = join(directory, `copy-${copies}`);
    const folder = studyFolder(copy, 'study');
    mkdirSync(folder, { recursive: true });
    copyFileSync(ledgerPath(studyFolder(original, 'study')), ledgerPath(folder));
    writeFileSync(`${ledgerPath(folder)}-wal`, bytes);
    const ledger = await storeIn(copy).open('study', 'write');
    const { head, findings } = await verifyChain(ledger.rows(0));
    expect(findings).toEqual([]);
    expect(ledger.durable).toEqual(head);
    expect(head.seq % 2, 'both events of a commit, or none').toBe(0);
    ledger.append([settledDraft(head.seq)]);
    expect((await ledger.flush()).seq).toBe(head.seq + 1);
    await ledger.close();
    rmSync(copy, { recursive: true });
    return head.seq;
  }
});

describe('a disk that is full', () => {
  const disk = smallDisk();
  const real = typeof disk === 'string' ? undefined : disk;
  afterAll(() => real?.remove());

  const full = real ? test : test.skip;
  full(
    `stops in words, keeps what was durable and goes on${real ? '' : ` (${disk})`}`,
    async () => {
      if (real === undefined) return;
      const store = storeIn(real.folder);
      const ledger = await store.open('full', 'write');
      ledger.append([settledDraft(0)]);
      await ledger.flush();
      real.fill();
      for (let trial = 1; trial <= 100; trial++) ledger.append([settledDraft(trial)]);
      await expect(ledger.flush()).rejects.toMatchObject({
        code: 'DISK_FAILED',
        exitCode: 74,
        message: expect.stringContaining('up to the last commit is safe'),
      });
      await expect(ledger.flush()).rejects.toMatchObject({ code: 'HANDLE_POISONED', exitCode: 74 });
      expect([ledger.durable.seq, ledger.head.seq]).toEqual([1, 101]);
      await ledger.close();

      real.free();
      const again = await store.open('full', 'write');
      expect(again.head).toEqual(ledger.durable);
      again.append(Array.from({ length: 100 }, (_, i) => settledDraft(i + 1)));
      await again.flush();
      expect((await verifyChain(again.rows(0))).findings).toEqual([]);
      await again.close();
    },
  );

  full(`is named by whatever meets it first${real ? '' : ` (${disk})`}`, async () => {
    if (real === undefined) return;
    const store = storeIn(real.folder);
    const begun = await store.open('begun', 'write');
    begun.append([settledDraft(0)]);
    await begun.close();
    const refused: string[] = [];
    for (let sparePages = 0; sparePages <= MOST_PAGES; sparePages++) {
      for (const study of ['begun', `new-${sparePages}`]) {
        real.fill(sparePages);
        const met = await writeOne(store, study).catch((error: unknown) => error);
        real.free();
        if (met === undefined) continue;
        expect(met).toMatchObject({
          code: 'DISK_FAILED',
          message: expect.stringMatching(/(full|no space|I\/O).*Free/),
        });
        refused.push(String(met));
      }
    }
    for (const place of [/cannot be locked/, /could not be written/]) {
      expect(refused.filter((one) => place.test(one))).not.toEqual([]);
    }
  });

  /** With so many pages free a new ledger and its first entry fit. */
  const MOST_PAGES = 40;

  async function writeOne(store: Store, study: string): Promise<void> {
    const ledger = await store.open(study, 'write');
    try {
      ledger.append([settledDraft(1)]);
      await ledger.flush();
    } finally {
      await ledger.close();
    }
  }
});

describe('a file that is not the ledger it was', () => {
  const read = (folder: string): Promise<unknown> => storeIn(folder).open('study', 'read');
  const write = (folder: string): Promise<unknown> => storeIn(folder).open('study', 'write');

  test.each(['empty', 'cut', 'text', 'future'] as const)(
    '%s: said in a sentence',
    async (damage) => {
      const folder = join(directory, damage);
      const ledger = await storeIn(folder).open('study', 'write');
      ledger.append(Array.from({ length: 50 }, (_, i) => settledDraft(i)));
      await ledger.close();
      const path = ledgerPath(studyFolder(folder, 'study'));
      const bytes = readFileSync(path);
      expect(statSync(`${path}-wal`).size, 'closing has moved the log into the file').toBe(0);
      const copy = join(directory, `${damage}-copy`);
      mkdirSync(studyFolder(copy, 'study'), { recursive: true });
      writeFileSync(ledgerPath(studyFolder(copy, 'study')), damaged(bytes, damage));

      const code = damage === 'future' ? 'LEDGER_VERSION' : 'LEDGER_ALTERED';
      for (const open of [read, write]) {
        await expect(open(copy)).rejects.toMatchObject({ code, exitCode: 65 });
      }
    },
  );

  function damaged(bytes: Buffer, how: 'empty' | 'cut' | 'text' | 'future'): Uint8Array | string {
    if (how === 'empty') return '';
    if (how === 'cut') return bytes.subarray(0, bytes.length - 5000);
    if (how === 'text') return 'name: bin-packing\n'.repeat(1000);
    const at = bytes.indexOf('format1');
    expect(at).toBeGreaterThan(0);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('format2'), bytes.subarray(at + 7)]);
  }
});
