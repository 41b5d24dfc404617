import { transformSync } from 'oxc-transform';
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { languageOf } from '../language-of.ts';

function childrenOf(text: string, path = 'src/a.ts', start = 0): readonly string[] {
  const found = languageOf(path).variations.find(({ name }) => name === 'branchless');
  const made = Array.from({ length: 60 }, (_, seed) => {
    const spans = [{ start, end: text.length }];
    return found?.vary({ text, spans }, publicRoot(`branchless ${seed}`).stream(0, 'vary'));
  });
  return [...new Set(made.filter((child) => child !== undefined))];
}

const VALUES = [0, -0, 1, -1, 2.5, 5e-324, -5e-324, 1e308, -1e308, Infinity, -Infinity, NaN];

/** Of every pair of values, −0 told from 0. */
function outcomes(program: string): readonly unknown[] {
  const { code, errors } = transformSync('program.ts', program);
  expect(errors).toEqual([]);
  const f = new Function(`${code}\nreturn f;`)() as (a: number, b: number) => unknown;
  return VALUES.flatMap((a) => VALUES.map((b) => f(a, b)));
}

const returning = (expression: string): string =>
  `const list = [3, -0];\nfunction f(a: number, b: number) {\n  return ${expression};\n}\n`;

describe('every bit stays', () => {
  test.each([
    'a < b ? 1 : 0',
    'a < b ? 0 : 1',
    '(a === b || !(a > 2) ? 7 : -3) * 2',
    'a <= b ? a : -b',
    '(a !== b ? a * b : 4) - 1',
    '(a > 0 ? list[0] : list[1]) as number',
    'Math.min(a, b)',
    'Math.max(a, b)',
    'Math.max(-2, Math.min(a, 2)) + Math.min(b, a)',
    'a < b ? Math.max(a, 1) : b / 3',
  ])('%s', (expression) => {
    const text = returning(expression);
    const children = childrenOf(text);
    expect(children.length).toBeGreaterThan(0);
    for (const child of children) {
      expect(outcomes(child), child).toEqual(outcomes(text));
      for (const grandchild of childrenOf(child)) {
        expect(outcomes(grandchild), grandchild).toEqual(outcomes(text));
      }
    }
  });
});

describe('planted: what could do something else is left alone', () => {
  test.each([
    ['a side that has an effect', 'a < b ? g() : 2'],
    ['a side that writes', 'a < b ? (a = 3) : 2'],
    ['a side that may fail', 'a < b ? list.at.length : 2'],
    ['sides that may be texts', 'a < b ? list : names'],
    ['texts', "a < b ? 'x' : 'y'"],
    ['a test that only counts as true', 'a ? 1 : 0'],
    ['three values', 'Math.max(a, b, 3)'],
    ['a list of values', 'Math.max(...list, 3)'],
    ['a function of the same name', 'Other.max(a, b)'],
  ])('%s', (_what, expression) => {
    expect(childrenOf(returning(expression))).toEqual([]);
  });

  test('a name that the program uses for something else', () => {
    expect(childrenOf(`${returning('Math.max(a, b)')}const pair = 3;\n`)).toEqual([]);
  });

  test('a place for its functions outside the block', () => {
    const text = returning('Math.max(a, b)');
    expect(childrenOf(text, 'src/a.ts', text.indexOf('  return'))).toEqual([]);
  });
});

test('JavaScript gets no types', () => {
  const text = 'function f(a, b) {\n  return Math.max(a, b);\n}\n';
  const [child = ''] = childrenOf(text, 'src/a.mjs');
  expect(child).toContain('function greater(a, b) {');
  expect(outcomes(child)).toEqual(outcomes(text));
});
