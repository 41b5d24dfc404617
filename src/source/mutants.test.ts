import { expect, test } from 'vitest';
import { languageOf } from './language-of.ts';
import { programMutants } from './mutants.ts';
import { decodeProgram, encodeProgram } from './program.ts';

const mutantsOf = (text: string, path = 'a.ts') =>
  programMutants(encodeProgram({ files: { [path]: text } })).map(({ text: mutant, what }) => ({
    what,
    text: decodeProgram(mutant).files[path] ?? '',
  }));
const texts = (text: string) => mutantsOf(text).map((one) => one.text);

test.each([
  ['export const f = (a, b) => a <= b;', ['a < b', 'a > b']],
  ['export const f = (a, b) => a /* + */ + b;', ['a /* - */ + b']],
  ['export const f = (a, b) => a && b;', ['a || b']],
  ['export const f = (a) => !a;', ['=> a;']],
  ['export const f = (a) => -a;', ['=> a;']],
  ['export const f = () => 5;', ['=> 6;', '=> 4;']],
  ['export const f = () => 0;', ['=> 1;', '=> (-1);']],
  ['export const f = () => true;', ['=> false;']],
  ['export const f = (a) => a ? a.x : a.y;', ['a ? a.y : a.x']],
  ['export const f = (a) => Math.min(a);', ['Math.max(a)']],
  ['import x from "x"; export const f = () => "y";', ['=> "";']],
])('%s', (text, expected) => {
  const made = texts(text);
  expect(made).toHaveLength(expected.length);
  for (const [i, part] of expected.entries()) expect(made[i]).toContain(part);
});

const SORT = `export function sort(list: number[]): number[] {
  // EVOLVE-BLOCK-START
  for (let i = 1; i < list.length; i++) {
    if ((list[i - 1] as number) > (list[i] as number)) swap(list, i);
  }
  // EVOLVE-BLOCK-END
  return list.slice(0);
}
`;

test('every mutant is a program, another one, and different only inside the spans', () => {
  const made = mutantsOf(SORT);
  const language = languageOf('a.ts');
  expect(made.map(({ what }) => what)).toMatchInlineSnapshot(`
    [
      "a.ts:3: false for i < list.length",
      "a.ts:3: 2 for 1",
      "a.ts:3: 0 for 1",
      "a.ts:3: <= for <",
      "a.ts:3: >= for <",
      "a.ts:3: -- for ++",
      "a.ts:4: true for (list[i - 1] as number) > (list[i] as nu…",
      "a.ts:4: false for (list[i - 1] as number) > (list[i] as nu…",
      "a.ts:4: >= for >",
      "a.ts:4: <= for >",
      "a.ts:4: + for -",
      "a.ts:4: 2 for 1",
      "a.ts:4: 0 for 1",
      "a.ts:4: ; for swap(list, i);",
    ]
  `);
  const normal = made.map(({ text }) => language.normalise(text));
  expect(new Set([...normal, language.normalise(SORT)]).size).toBe(made.length + 1);
  for (const { text } of made) {
    expect(language.complaint(text)).toBeUndefined();
    expect(text.endsWith(SORT.slice(SORT.indexOf('  // EVOLVE-BLOCK-END')))).toBe(true);
  }
});

test('of what cannot be read, and of other languages, there are none', () => {
  expect(mutantsOf('export const f = (')).toEqual([]);
  expect(mutantsOf('def f(a): return a + 1', 'a.py')).toEqual([]);
});
