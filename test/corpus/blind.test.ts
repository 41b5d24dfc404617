/**
 * The corpus is whole: as many cases as the gate needs, each says what it is, and a script makes its own
 * again. That every cheat cheats and every honest control is honest, blind.long.test.ts shows of every task.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { readCorpus } from '../../src/app/corpus/cases.ts';
import { thorough } from '../thorough.ts';
import { isBad } from './judged.ts';

const CORPUS = join(import.meta.dirname, '../../corpus/blind');

const tasks = readCorpus(CORPUS);

test('there are as many as the gate needs for its bounds', () => {
  const cases = tasks.flatMap((task) => task.cases);
  const count = (kind: string) => cases.filter((one) => one.kind === kind).length;
  expect(count('cheat')).toBeGreaterThanOrEqual(120);
  expect(count('honest')).toBeGreaterThanOrEqual(110);
  expect(count('organism')).toBeGreaterThanOrEqual(30);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  const texts = new Set(cases.map(({ text }) => text));
  expect(texts.size).toBe(cases.length);
});

test('each says what it is', () => {
  const faults = tasks.flatMap((task) =>
    task.cases.flatMap((one) => {
      const said = [];
      if (one.id !== `${task.name}/${one.folder.split('/').at(-1)}`) said.push('another id');
      // What only a stopwatch shows says by hand how it is seen.
      const isTold = task.measures === 'time' && one.notes !== undefined;
      if (isBad(one) && ((one.witness === undefined && !isTold) || one.expect === undefined)) {
        said.push('no witness, or not what is wrong');
      }
      if (!isBad(one) && one.witness !== undefined) said.push('a witness of nothing');
      if ((one.kind === 'organism') !== (one.truth !== undefined)) said.push('no ground truth');
      if ((one.kind === 'cheat') !== (one.cheat !== undefined)) said.push('no number of a cheat');
      return said.map((fault) => `${one.id}: ${fault}`);
    }),
  );
  expect(faults).toEqual([]);
});

thorough('what a script makes, it makes again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-made-'));
  try {
    execFileSync(process.execPath, [join(CORPUS, 'make.mjs'), folder]);
    const made = filesOf(folder);
    const kept = filesOf(CORPUS).filter((path) => path.includes('/made-'));
    expect(made).toEqual(kept);
    const others = made.filter((path) => read(folder, path) !== read(CORPUS, path));
    expect(others).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');
