/** Tasks of the corpus as they are opened to be tried: two in one folder at a time, with the cases that cheats know. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCorpus } from '../corpus/cases.ts';
import { knownTasks } from './known-tasks.ts';
import { corpusFolder } from './own-folder.ts';

const at = mkdtempSync(join(tmpdir(), 'paceline-known-'));
afterAll(() => rmSync(at, { recursive: true, force: true }));
const never = new AbortController().signal;

test('what is made of a task stands in its folder and disturbs it in nothing', {
  timeout: 120_000,
}, async () => {
  const corpus = readCorpus(join(corpusFolder(), 'blind')).filter(({ name }) => name === 'sort');
  const tasks = await knownTasks({ at, isWhole: false, corpus, workers: 2 }, never);
  const [one, made] = ['sort', 'sort made'].map((name) => tasks.find((task) => task.name === name));
  if (!one || !made) throw new Error('the corpus has no task sort');
  const [first, second] = await Promise.all([one.open(), made.open()]);
  const scores = async ({ tools }: typeof first) => {
    const [measured] = await tools.measure([{ candidate: one.incumbent, cases: [1] }], never);
    return measured?.cases[0]?.outcome;
  };
  for (const { tools } of [first, second]) {
    expect(tools.visibleCases(100)).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
  }
  expect(await Promise.all([scores(first), scores(second)])).toEqual(['scored', 'scored']);
  await first.close();
  expect(await scores(second)).toBe('scored');
  await second.close();
});

/** The task sort, as one whose metric is its time. */
function timedCorpus(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-timed-'));
  cpSync(join(corpusFolder(), 'blind', 'sort'), join(folder, 'sort'), { recursive: true });
  const path = join(folder, 'sort', 'task.json');
  const task = JSON.parse(readFileSync(path, 'utf8'));
  const timed = { ...task, name: 'timed', goal: 'min', metric: 'ms', measures: 'time' };
  writeFileSync(path, JSON.stringify(timed));
  return folder;
}

test('known cases of a task whose metric is its time are shown to C10', {
  timeout: 120_000,
}, async () => {
  const folder = timedCorpus();
  const corpus = readCorpus(folder);
  const tasks = await knownTasks({ at, isWhole: true, corpus }, never);
  const timed = tasks.filter(({ name }) => name.startsWith('timed'));
  // Rewrites that answer the same are no faster: none are made.
  expect(timed.map(({ name, isTimed }) => [name, isTimed])).toEqual([['timed', true]]);
  const [task] = timed;
  if (!task) throw new Error('no timed task');
  const bench = await task.open();
  try {
    expect(bench.floor.map(({ name }) => name)).toEqual(expect.arrayContaining(['C5', 'C10']));
    const request = { candidate: task.incumbent, cases: [1, 2, 3] };
    const run = await bench.tools.stopwatch?.run(request, never);
    expect(run?.cases.map(({ outcome }) => outcome)).toEqual(['scored', 'scored', 'scored']);
  } finally {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
