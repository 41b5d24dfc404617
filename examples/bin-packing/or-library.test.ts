import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const { parseOrLibrary, readOrLibrary } = await import(
  new URL('or-library.mjs', import.meta.url).href
);

/** Made by hand in the format of the files; not data of the library. */
const TINY = ' 2 \n tiny_00\n 10 3 2\n6\n5\n 4\n tiny_01\n 7 1 1\n7\n';

test('capacity, best known bins and items are read in order', () => {
  expect(parseOrLibrary(TINY)).toEqual([
    { name: 'tiny_00', capacity: 10, bestKnown: 2, items: Int32Array.of(6, 5, 4) },
    { name: 'tiny_01', capacity: 7, bestKnown: 1, items: Int32Array.of(7) },
  ]);
  expect(parseOrLibrary(TINY.replaceAll('\n', '\r\n'))).toEqual(parseOrLibrary(TINY));
});

test.each([
  ['an empty file', '', 'it ends where the number of problems should be'],
  ['a web page', '<html>', 'line 1 says "<html>" where the number of problems'],
  ['a file cut in a problem', TINY.slice(0, -3), 'it ends where size 1 of 1 of tiny_01'],
  ['a file cut between problems', TINY.slice(0, 27), 'it ends where the name of problem 2 of 2'],
  ['an item larger than the bin', TINY.replace('5', '11'), 'line 5 says "11" where size 2 of 3'],
  ['an item of no size', TINY.replace('5', '0'), 'line 5 says "0"'],
  [
    'a fraction',
    TINY.replace('10 3', '10.5 3'),
    'line 3 says "10.5" where the capacity of tiny_00',
  ],
  ['a name in place of a size', TINY.replace('5\n', ''), 'line 6 says "tiny_01" where size 3 of 3'],
  ['more than was promised', `${TINY}8\n`, 'line 10 says "8" where the end, after 2 problems,'],
])('%s is refused with the place', (_, text, reason) => {
  expect(() => parseOrLibrary(text, 'x.txt')).toThrow(`x.txt is not an OR-Library`);
  expect(() => parseOrLibrary(text, 'x.txt')).toThrow(reason);
});

test('a file is read from disk and named in its errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'or-library-'));
  const file = join(folder, 'tiny.txt');
  writeFileSync(file, TINY);
  expect(readOrLibrary(file)).toHaveLength(2);
  writeFileSync(file, 'garbage');
  expect(() => readOrLibrary(file)).toThrow(file);
  rmSync(folder, { recursive: true });
});
