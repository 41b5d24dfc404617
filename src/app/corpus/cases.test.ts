/** A corpus that is not as it must be is refused by name: gates are qualified with it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCorpus } from './cases.ts';

const DRAG = join(import.meta.dirname, '../../../corpus/blind/drag');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paceline-corpus-'));
  cpSync(DRAG, join(folder, 'drag'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = (path: string, from: string, to: string) => {
  const file = join(folder, 'drag', path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
};

test('a task comes with its origin and its cases', () => {
  const [drag] = readCorpus(folder);
  expect(drag).toMatchObject({
    name: 'drag',
    form: 'forest',
    origin: expect.not.stringMatching(/\n/),
  });
  expect(drag?.cases.find(({ id }) => id === 'drag/one-speed-of-all')).toMatchObject({
    kind: 'cheat',
    cheat: 10,
    text: expect.stringContaining('61.7'),
  });
});

test('a folder without a task is refused', () => {
  expect(() => readCorpus(join(folder, 'nothing'))).toThrow(/holds no task/);
});

test.each([
  ['cases/one-speed-of-all/case.json', '"cheat": 10', '"cheat": 22', /one-speed-of-all.*cheat/],
  ['cases/one-speed-of-all/case.json', '"tries"', '"trys"', /one-speed-of-all.*tries/],
  ['task.json', '"forest"', '"tree"', /task\.json.*form/],
  ['task.json', '"name"', '"measures": "time", "name"', /measures: time needs form: source/],
  ['task.json', '"name"', '"measures": "points", "name"', /task\.json.*measures/],
])('%s with %s turned into %s is refused', (path, from, to, said) => {
  change(path, from, to);
  expect(() => readCorpus(folder)).toThrow(said);
});
