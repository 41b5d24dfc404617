import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { runLoop } from '../loop/loop.ts';
import { openStudy } from '../loop/recovery.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { ledgerPath } from '../stores/sqlite-file.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { smallPlan } from '../testing/small-study.ts';
import { type DataFormat, exportData, exportDataFile } from './export-data.ts';
import { stateFolder, studyFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

const TRIALS = 40;
const made: string[] = [];
let place: { readonly root: string; readonly id: string };

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-export-data-'));
  made.push(folder);
  return folder;
}

async function studyIn(root: string) {
  mkdirSync(stateFolder(root));
  const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
  const ledger = await store.open('small', 'write');
  const plan = smallPlan({ clock: manualClock(), budget: { trials: TRIALS } });
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  await ledger.close();
  return { root, id: 'small' };
}

beforeAll(async () => {
  place = await studyIn(emptyFolder());
});
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

async function printed(format: DataFormat, from = place): Promise<string> {
  let text = '';
  await exportData({ ...from, format }, async (piece) => {
    text += piece;
  });
  return text;
}

test.each(['jsonl', 'csv', 'parquet', 'otel', 'inspect'] as const)(
  '%s: a file holds what would be printed, and a second export is the same',
  async (format) => {
    const folder = emptyFolder();
    const file = join(folder, 'out');
    const progress: number[] = [];
    const request = {
      ...place,
      format,
      onProgress: (done: number, of: number) => progress.push(done / of),
    };
    const done = await exportDataFile(request, { file, isForced: false });
    expect(done).toMatchObject({ trials: TRIALS, isRunning: false });
    expect(progress.at(-1)).toBe(1);
    if (format !== 'parquet') expect(readFileSync(file, 'utf8')).toBe(await printed(format));
    await exportDataFile(request, { file: join(folder, 'again'), isForced: false });
    expect(readFileSync(file).equals(readFileSync(join(folder, 'again')))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['again', 'out']);
  },
);

test('nothing is written over unless it is said', async () => {
  const file = join(emptyFolder(), 'mine.csv');
  writeFileSync(file, 'mine');
  const write = (isForced: boolean) =>
    exportDataFile({ ...place, format: 'csv' }, { file, isForced });
  await expect(write(false)).rejects.toThrow(/mine\.csv exists\. .*--force/);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  await write(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^study,trial,/);
});

test('a file that comes into being meanwhile is not written over either', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'late.csv');
  const onProgress = (): void => writeFileSync(file, 'theirs');
  await expect(
    exportDataFile({ ...place, format: 'csv', onProgress }, { file, isForced: false }),
  ).rejects.toThrow(/exists/);
  expect(readdirSync(folder)).toEqual(['late.csv']);
  expect(readFileSync(file, 'utf8')).toBe('theirs');
});

test('an export that is cut off leaves what was there, and nothing else', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'trials.csv');
  writeFileSync(file, 'before');
  const onProgress = (): never => {
    throw new Error('cut off');
  };
  await expect(
    exportDataFile({ ...place, format: 'csv', onProgress }, { file, isForced: true }),
  ).rejects.toThrow('cut off');
  expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['trials.csv'], 'before']);
});

thorough('a process that ends in the middle leaves nothing either', () => {
  const folder = emptyFolder();
  const module = JSON.stringify(join(import.meta.dirname, 'export-data.ts'));
  const request = JSON.stringify({ ...place, format: 'csv' });
  const script = `
    const { exportDataFile } = await import(${module});
    const onProgress = () => process.exit(130);
    await exportDataFile({ ...${request}, onProgress }, { file: 'out.csv', isForced: false });`;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
  const ended = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect([ended.status, ended.stderr]).toEqual([130, '']);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is not there is named', async () => {
  const file = join(emptyFolder(), 'no/such/trials.csv');
  await expect(
    exportDataFile({ ...place, format: 'csv' }, { file, isForced: false }),
  ).rejects.toThrow(
    /no\/such\/trials\.csv cannot be written: there is no folder .*\/no\/such\. Make it, or name another file\./,
  );
});

test('nothing is said from a ledger that was changed behind its chain', async () => {
  const altered = await studyIn(emptyFolder());
  const path = ledgerPath(studyFolder(altered.root, altered.id));
  const db = new Database(path);
  db.exec(
    `update event set body = replace(body, '"admitted":true', '"admitted":false') where seq = 5`,
  );
  db.close();
  const file = join(emptyFolder(), 'trials.csv');
  await expect(
    exportDataFile({ ...altered, format: 'csv' }, { file, isForced: false }),
  ).rejects.toMatchObject({ code: 'LEDGER_ALTERED' });
  expect(existsSync(file)).toBe(false);
  let pieces = 0;
  await expect(
    exportData({ ...altered, format: 'csv' }, async () => {
      pieces += 1;
    }),
  ).rejects.toMatchObject({ code: 'LEDGER_ALTERED' });
  expect(pieces).toBe(0);
});

test('a running study is exported as far as it is durable, and said to run', async () => {
  const running = await studyIn(emptyFolder());
  const store = sqliteStore({ directory: stateFolder(running.root), clock: systemClock });
  const held = await store.open(running.id, 'write');
  const said = await exportData({ ...running, format: 'jsonl' }, async () => undefined);
  expect(said).toMatchObject({ isRunning: true, trials: TRIALS });
  await held.close();
  const after = await exportData({ ...running, format: 'jsonl' }, async () => undefined);
  expect(after.isRunning).toBe(false);
});
