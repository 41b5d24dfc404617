/** What `npm test` leaves out is run by somebody. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const FILES = ['src', 'test', 'examples', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules')),
);
const IMPORTED = FILES.filter((file) => /^test\/thorough.*\.long\.test\.ts$/.test(file)).flatMap(
  (file) =>
    [...read(file).matchAll(/^import '(.*)';$/gm)].map(([, to = '']) => normalize(`test/${to}`)),
);
const THINNED = FILES.filter((file) => /\/thorough\.ts';$/m.test(read(file)));

const runByNobody = (thinned: readonly string[]): readonly string[] =>
  thinned.filter((file) => !IMPORTED.includes(file));

test('each file that leaves something out is imported by a long test, once', () => {
  expect(THINNED.length).toBeGreaterThan(50);
  expect(runByNobody(THINNED)).toEqual([]);
  expect(IMPORTED.filter((file, i) => IMPORTED.indexOf(file) !== i)).toEqual([]);
});

test('planted: one that no long test imports is found', () => {
  expect(runByNobody(['src/new.test.ts'])).toEqual(['src/new.test.ts']);
});
