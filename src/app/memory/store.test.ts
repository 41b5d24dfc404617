import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { showLines } from '../../cli/memory-text.ts';
import type { EventDraft } from '../../core/events.ts';
import { canonicalJson, contentId, sha256 } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { createStudyFiles, stateFolder, studyFolder } from '../study-files.ts';
import type { MemoryRecord } from './record.ts';
import { findRemembered, forget, gatherMemory, readMemory } from './store.ts';
import { memoryView } from './view.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paceline-memory-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const record = (study: string, evaluator = 'evaluator'): MemoryRecord => ({
  schema: 'paceline/memory/1',
  study,
  head: { seq: 3, hash: sha256(study) },
  task: {
    id: sha256(`task ${evaluator}`),
    name: 'small',
    origin: sha256('origin'),
    evaluator: sha256(evaluator),
    metric: { name: 'score', goal: 'max', unit: 'points' },
  },
  deadEnds: [{ key: 'sha256:abc', n: 2, gain: [-4, -1] }],
  failed: [],
  leftOut: 0,
  lessons: [
    {
      proposer: 'llm',
      operator: '\u001b[2Jnothing to see\u202e',
      trials: 10,
      evals: 40,
      promoted: 1,
      rate: [0.01, 0.4],
      gain: 2,
      gainPer1000Evals: 50,
    },
  ],
  effects: { gains: [{ key: 'k', gain: 2, interval: [1, 3], n: 20 }], shrinkage: [[4, 2]] },
});

const folder = () => join(root, '.paceline', 'memory');
function put(value: MemoryRecord): string {
  mkdirSync(folder(), { recursive: true });
  const id = contentId(value as unknown as Json);
  const path = join(folder(), `${id.slice('sha256:'.length)}.json`);
  writeFileSync(path, canonicalJson(value as unknown as Json));
  return path;
}

test('an altered record is refused by its name, and says how to have it again', () => {
  const path = put(record('first'));
  writeFileSync(path, readFileSync(path, 'utf8').replace('sha256:abc', 'sha256:abd'));
  expect(() => readMemory(root)).toThrow(/not what its name says.*derived again/);
  writeFileSync(path, '{"schema":"paceline/memory/2"}');
  expect(() => readMemory(root)).toThrow(/another release/);
});

test('what is forgotten stays, marked, and nothing is overwritten', async () => {
  put(record('first'));
  put(record('second'));
  const before = readdirSync(folder());
  forget(root, findRemembered(readMemory(root), 'first'));
  expect(readdirSync(folder())).toEqual(expect.arrayContaining(before));
  const { all } = await gatherMemory(root);
  expect(all.map(({ record: { study }, isForgotten }) => [study, isForgotten])).toEqual([
    ['first', true],
    ['second', false],
  ]);
});

test('a record is found by its study or first digits, and by nothing vague', () => {
  put(record('first'));
  const all = readMemory(root);
  expect(findRemembered(all, all[0]?.id.slice(0, 13) ?? '').record.study).toBe('first');
  expect(() => findRemembered(all, 'third')).toThrow(/paceline memory list/);
  expect(() => findRemembered([...all, ...all], 'first')).toThrow(/more digits/);
});

test('a person sees figures with n, relatives by name, and no text that drives the terminal', () => {
  put(record('first'));
  put(record('second', 'another evaluator'));
  const all = readMemory(root);
  const text = showLines(memoryView(findRemembered(all, 'first'), all)).join('\n');
  expect(text).toContain('llm nothing to see: 50; 1 of 10 [0.01, 0.4]');
  expect(text).toContain('median 0.5, quartiles [0.5, 0.5], n 1');
  expect(text).toMatch(/Related .*: second/);
  expect(text).not.toMatch(/[\u001b\u202e]/);
});

test('a study that was begun elsewhere leaves nothing here', async () => {
  const study = join(root, '.paceline', 'studies', 'foreign');
  mkdirSync(study, { recursive: true });
  for (const file of ['study.json', 'ledger.db']) writeFileSync(join(study, file), '');
  const { all, skipped } = await gatherMemory(root);
  expect(all).toEqual([]);
  expect(skipped).toMatchObject([{ study: 'foreign', why: expect.stringContaining('hearsay') }]);
});

test('of a study that goes on nothing is taken, so its ledger is not followed either', async () => {
  createStudyFiles({ id: 'going', root, config: {} }, 'secret');
  const clock = manualClock();
  const ledger = await sqliteStore({ directory: stateFolder(root), clock }).open('going', 'write');
  ledger.append(
    sampleLedger()
      .slice(0, 3)
      .map(({ type, actor, body, meta }) => ({ type, actor, body, meta }) as EventDraft),
  );
  await ledger.flush();
  await ledger.close();
  const db = new Database(join(studyFolder(root, 'going'), 'ledger.db'));
  db.exec("update event set actor = 'somebody' where seq = 2");
  db.close();
  const damaged = withSoundLedger({ root, id: 'going' }, async () => undefined);
  await expect(damaged).rejects.toMatchObject({ code: 'LEDGER_ALTERED' });
  expect(await gatherMemory(root)).toEqual({ all: [], skipped: [] });
});
