/** What `gc` takes, what it spares, and that it says why: with each damage planted. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FEWEST_PAIRS } from '../claims/process.ts';
import { runLoop } from '../loop/loop.ts';
import { openStudy } from '../loop/recovery.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { acquireLock } from '../stores/study-lock.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { smallPlan } from '../testing/small-study.ts';
import { collectGarbage, type GcRequest } from './gc.ts';
import { portfolioSchema } from './portfolio/schema.ts';
import {
  createStudyFiles,
  hasSecret,
  listStudies,
  stateFolder,
  studyFolder,
} from './study-files.ts';
import { leaveUse } from './used-by.ts';

const FINISHED = ['old-0a1b2c', 'new-3d4e5f'] as const;
const [OLD, NEW] = FINISHED;

const above = mkdtempSync(join(tmpdir(), 'paceline-gc-'));
const original = join(above, 'original');
afterAll(() => rmSync(above, { recursive: true }));

beforeAll(async () => {
  const clock = manualClock();
  const store = sqliteStore({ directory: stateFolder(original), clock });
  mkdirSync(original);
  for (const id of FINISHED) {
    createStudyFiles({ id, root: original, config: {} }, 'a secret');
    const ledger = await store.open(id, 'write');
    const plan = smallPlan({ clock, budget: { trials: 2 } });
    await runLoop(await openStudy({ plan, ledger, reporters: [] }));
    await ledger.close();
  }
});

/** `<somewhere>/all/here` with two finished studies. */
function folder() {
  const outer = mkdtempSync(join(above, 'case-'));
  onTestFinished(() => rmSync(outer, { recursive: true }));
  const all = join(outer, 'all');
  const root = join(all, 'here');
  mkdirSync(root, { recursive: true });
  cpSync(original, root, { recursive: true, preserveTimestamps: true });
  const write = (path: string, text: string, under = root): void => {
    const whole = join(stateFolder(under), path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  };
  return { outer, all, root, write };
}

/** What would be left of the finished ones, and what it says of what it spares. */
async function gc(root: string, more: Partial<GcRequest> = { keep: 0 }) {
  const report = await collectGarbage({ root, ...more });
  return {
    ...report,
    removed: report.removed.map(({ path }) => path),
    spared: Object.fromEntries(report.spared.map(({ path, why }) => [path, why])),
  };
}

const study = (id: string): string => `studies/${id}`;
const both = FINISHED.map(study);

test('finished studies go when that is asked, the oldest first, with their secrets', async () => {
  const { root } = folder();
  expect(await gc(root, {})).toMatchObject({ removed: [], spared: {} });
  expect(await gc(root, { keep: 1 })).toMatchObject({ removed: [study(OLD)], spared: {} });
  expect(FINISHED.map((id) => hasSecret(root, id))).toEqual([false, true]);
});

describe('a damaged study is no debris', () => {
  test.each(['ledger.db', 'ledger.db-wal', 'blobs', 'report'])(
    'without its record, with %s',
    async (name) => {
      const { root, write } = folder();
      rmSync(studyFolder(root, OLD), { recursive: true });
      write(`${study(OLD)}/${name}`, '');
      write(`${study('half-made')}/study.lock`, '');
      const { removed, spared } = await gc(root, {});
      expect(removed).toEqual([study('half-made')]);
      expect(spared).toEqual({
        [study(OLD)]: expect.stringMatching(/study\.json is gone.+Restore/),
      });
      expect(existsSync(join(studyFolder(root, OLD), name))).toBe(true);
      expect(hasSecret(root, OLD)).toBe(true);
    },
  );

  test.each([
    ['a record of half its length', 'study.json', '{"id": "old'],
    ['a ledger that is none', 'ledger.db', 'x'.repeat(5000)],
  ])('with %s', async (_what, name, text) => {
    const { root, write } = folder();
    write(`${study(OLD)}/${name}`, text);
    const { removed, spared } = await gc(root);
    expect(removed).toEqual([study(NEW)]);
    expect(spared).toEqual({ [study(OLD)]: expect.stringContaining(name) });
  });
});

describe('a record spares what it names, and nothing else', () => {
  const pairs = Array.from({ length: FEWEST_PAIRS }, (_, i) => ({ seed: `${i}`, study: OLD }));
  const set = { schema: 'paceline.replicates/1', id: 's', config: {}, design: 'fixed', pairs };
  const metric = { name: 'loss', unit: 'points' };
  const planned = { id: OLD, name: 'old', path: 'paceline.yaml', weight: 1, metric, config: {} };
  const config = portfolioSchema.parse({ studies: ['.'], slice: { trials: 1 } });
  const portfolio = { schema: 'paceline.portfolio/1', id: 'p', config, studies: [planned] };

  test.each([
    ['replicates/s/set.json', set, 'belongs to the replicate set s'],
    ['portfolios/p/portfolio.json', portfolio, 'belongs to the portfolio p'],
  ])('%s', async (path, record, why) => {
    const { root, write } = folder();
    write(path, JSON.stringify(record));
    const { removed, spared } = await gc(root);
    expect({ removed, spared }).toEqual({ removed: [study(NEW)], spared: { [study(OLD)]: why } });
  });
});

describe('a record that cannot be read spares all that it may refer to', () => {
  test.each([
    ['replicates/s/set.json', '{ "pairs": [', /s\/set\.json is damaged\. Restore/],
    ['replicates/s/report.md', 'of a set', /s\/set\.json\. Restore/],
    ['portfolios/p/portfolio.json', '{}', /p\/portfolio\.json is damaged\. Restore/],
    ['portfolios/p/moves.jsonl', '', /is gone: .+p\/portfolio\.json\. Restore/],
    ['comparisons/compare-1.json', '', /compare-1\.json is damaged\. Restore/],
    ['used-by/p.json', '{"schema":"paceline.used-by/2"}', /used-by\/p\.json is damaged\. Restore/],
  ])('%s', async (path, text, says) => {
    const { root, write } = folder();
    write(path, text);
    const { removed, spared } = await gc(root);
    expect(removed).toEqual([]);
    expect(Object.keys(spared)).toEqual(both);
    for (const why of Object.values(spared)) expect(why).toMatch(says);
    rmSync(join(stateFolder(root), path));
    expect((await gc(root)).removed).toEqual(both);
  });

  test('and what a start left before its record was there spares nothing', async () => {
    const { root, write } = folder();
    write('portfolios/p/portfolio.json.7.new', '{');
    write('replicates/stray', '');
    mkdirSync(join(stateFolder(root), 'replicates/empty'));
    expect((await gc(root)).removed).toEqual(both);
  });
});

describe('a study of a portfolio in another folder', () => {
  function used() {
    const made = folder();
    const home = join(made.all, 'home');
    mkdirSync(home);
    made.write('portfolios/p/portfolio.json', '{ "as": "it may be" }', home);
    leaveUse(made.root, { portfolio: 'p', folder: home, studies: [OLD] });
    return { ...made, home };
  }
  const spares = (what: RegExp) => ({
    removed: [study(NEW)],
    spared: { [study(OLD)]: expect.stringMatching(what) },
  });

  test('stays while the portfolio is there', async () => {
    const { root, home } = used();
    expect(await gc(root)).toMatchObject(spares(/belongs to the portfolio p of .+\/home$/));
    rmSync(join(stateFolder(home), 'portfolios'), { recursive: true });
    expect(await gc(root)).toMatchObject({ removed: [study(OLD)], spared: {} });
  });

  test('stays when both are moved together, or one of them where it cannot be asked', async () => {
    const { outer, all } = used();
    const moved = join(outer, 'moved');
    renameSync(all, moved);
    const root = join(moved, 'here');
    expect(await gc(root, { keep: 0, dryRun: true })).toMatchObject(
      spares(/belongs to the portfolio p/),
    );
    renameSync(join(moved, 'home'), join(moved, 'elsewhere'));
    expect(await gc(root)).toMatchObject(spares(/not to be found.+remove .+used-by\/p\.json$/));
    rmSync(join(stateFolder(root), 'used-by/p.json'));
    expect((await gc(root)).removed).toEqual([study(OLD)]);
  });

  test('is not noted in the folder of the portfolio itself', () => {
    const { root } = folder();
    leaveUse(root, { portfolio: 'p', folder: root, studies: [OLD] });
    expect(existsSync(join(stateFolder(root), 'used-by'))).toBe(false);
  });
});

test('a size that cannot be reached: all that stands against it is named', async () => {
  const { root, write } = folder();
  createStudyFiles({ id: 'begun-6a7b8c', root, config: {} }, 'a secret');
  write('comparisons/compare-1.json', '{}');
  write(`work/compare-1.${process.pid}/big`, '');
  const lock = acquireLock(studyFolder(root, NEW), NEW, 0);
  onTestFinished(() => lock.release());
  const { removed, spared, bytesAfter } = await gc(root, { maxBytes: 1, dryRun: true });
  expect(removed).toEqual([]);
  expect(bytesAfter).toBeGreaterThan(1);
  expect(spared).toEqual({
    [study(OLD)]: expect.stringMatching(/compare-1\.json is damaged/),
    [study(NEW)]: `process ${process.pid} has it open`,
    [study('begun-6a7b8c')]: expect.stringMatching(/interrupted: .+paceline resume begun-6a7b8c/),
    [`work/compare-1.${process.pid}`]: expect.stringMatching(/a process that runs/),
  });
  expect((await gc(root, { maxBytes: 2 ** 40, dryRun: true })).spared).toEqual({
    [study(OLD)]: expect.stringMatching(/compare-1\.json is damaged/),
  });
});

test('a checkout goes when no study is of its commit, and none is about to be', async () => {
  const { root } = folder();
  const checkouts = join(stateFolder(root), 'checkouts');
  const [used, unused, young] = ['1', '2', '3'].map((digit) => digit.repeat(40));
  const old = new Date('2026-01-01');
  for (const name of [used, unused, young, 'new-1-running', 'new-4194305-killed']) {
    mkdirSync(join(checkouts, name as string), { recursive: true });
    if (name !== young) utimesSync(join(checkouts, name as string), old, old);
  }
  const config = { repository: { commit: used } };
  createStudyFiles({ id: 'of-a-commit-0a0a0a', root, config }, 'a secret');
  const { removed } = await collectGarbage({ root });
  const gone = removed.map(({ path }) => path).filter((path) => path.startsWith('checkouts'));
  expect(gone.sort()).toEqual([`checkouts/${unused}`, 'checkouts/new-4194305-killed']);
  expect(readdirSync(checkouts).sort()).toEqual([used, young, 'new-1-running'].sort());
});

test('planted: a file among the studies is no study and in nobody\u2019s way', async () => {
  const { root, write } = folder();
  write('studies/.DS_Store', 'left by a file manager');
  expect([...listStudies(root)].sort()).toEqual([...FINISHED].sort());
  const { removed } = await collectGarbage({ root });
  expect(removed).toEqual([]);
});
