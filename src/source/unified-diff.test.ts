import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { programDiff } from './unified-diff.ts';

const lines = (n: number, of: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => `${of(i)}\n`).join('');

test('only files that differ, with three lines of context', () => {
  const from = { files: { a: lines(20, String), b: 'same' } };
  const to = { files: { a: from.files.a.replace('\n10\n', '\nten\n'), b: 'same' } };
  expect(programDiff(from, to)).toEqual([
    {
      path: 'a',
      unified: '--- a/a\n+++ b/a\n@@ -8,7 +8,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n',
    },
  ]);
  expect(programDiff(from, from)).toEqual([]);
});

test.each([
  ['line ends of Windows', 'one\r\ntwo\r\nthree\r\n', 'one\r\n2\r\nthree\r\n'],
  ['no newline at the end', 'one\ntwo', 'one\n2'],
  ['a newline gone', 'one\n', 'one'],
  ['an empty file', '', 'one\n'],
  ['a file emptied', 'one\ntwo', ''],
  ['only line ends', 'one\ntwo\n', 'one\r\ntwo\r\n'],
  ['more edits than are searched for', lines(2000, (i) => `a${i}`), lines(1900, (i) => `b${i}`)],
  [
    'the same without newlines',
    lines(2000, (i) => `a${i}`).trimEnd(),
    lines(1900, (i) => `b${i}`).trimEnd(),
  ],
])('git makes one file of the other: %s', (_, before, after) => {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-diff-'));
  const path = 'some folder/[id].ts';
  mkdirSync(dirname(join(folder, path)));
  writeFileSync(join(folder, path), before);
  const [diff] = programDiff({ files: { [path]: before } }, { files: { [path]: after } });
  execFileSync('git', ['apply', '-'], { cwd: folder, input: diff?.unified ?? '' });
  expect(readFileSync(join(folder, path), 'utf8')).toBe(after);
  rmSync(folder, { recursive: true });
});
