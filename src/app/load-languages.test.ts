import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { publicRoot } from '../core/rng.ts';
import type { Language } from '../source/language.ts';
import { languageConformance, wholeOf } from '../testing/language-conformance.ts';
import { loadLanguages } from './load-languages.ts';

const suite = {
  test: (name: string, body: () => Promise<void>) => test(name, body, 120_000),
  skip: (name: string, reason: string) => test.skip(`${name} (${reason})`, () => undefined),
};

const { languages } = await loadLanguages(['a.py', 'b.go', 'c.rs', 'd.java', 'e.cpp']);
const of = (extension: string): Language => languages.get(extension) as Language;

const SCORE = `import math
from os import path


def score(item, free, weight=3.5):
    # tight is good
    rest = free - item
    if rest < 2 and item > 1:
        return -rest * weight
    best = 0
    for step in range(3, 10):
        best = max(best, math.sqrt(step) - rest)
        if best > 7:
            best -= 1
    return best if best < 5 else rest / 2
`;
const SUM = `def total(rows, cols):
    sum = 0
    for i in range(rows):
        for j in range(cols):
            if i != j:
                sum += i * 2 - j
    return sum
`;

languageConformance(suite, {
  language: of('py'),
  programs: [SCORE, SUM],
  rewritten: [
    [SUM, SUM.replaceAll('    ', '  ').replace('i * 2 - j', 'i*2 -j  # why')],
    ['x = (1,\n     2)\n\n\nif x: y = 1\n', 'x = ( 1, 2 )\nif x:\n    y = 1 # one\n'],
  ],
  broken: { text: 'def f(:\n  pass\n' },
  valid: 0.6,
});

test('python is changed as python is written', () => {
  const childrenOf = (name: string, text: string): readonly (string | undefined)[] => {
    const variation = of('py').variations.find((one) => one.name === name);
    const draw = (seed: number) =>
      variation?.vary(wholeOf(text), publicRoot(`${name} ${seed}`).stream(0, 'vary'));
    return Array.from({ length: 300 }, (_, seed) => draw(seed));
  };
  const loop = 'for i in range(n):\n    if i > 2:\n        use(i)\n';
  expect(childrenOf('guard', 'x = a < 1\ny = 2\n')).toContain('x = a < 1\nif a < 1:\n    y = 2\n');
  expect(childrenOf('unguard', loop)).toContain('for i in range(n):\n    use(i)\n');
  expect(childrenOf('leave', loop)).toContain(
    'for i in range(n):\n    if i > 2:\n        break\n    if i > 2:\n        use(i)\n',
  );
  expect(childrenOf('bound', loop)).toContain(loop.replace('range(n)', 'range(n - 1)'));
  expect(childrenOf('negate', loop)).toContain(loop.replace('i > 2', 'not (i > 2)'));
  expect(childrenOf('delete', loop)).toContain('for i in range(n):\n    if i > 2:\n        pass\n');
  expect(childrenOf('choice', 'x = a < 1\ny = b\n')).toContain(
    'x = a < 1\ny = (b if a < 1 else a)\n',
  );
});

test('a name that python does not know is not read, and imports are named', () => {
  const { vary } = of('py').variations.find(({ name }) => name === 'crossover') ?? {};
  const children = Array.from({ length: 100 }, (_, seed) =>
    vary?.(wholeOf(SUM), publicRoot(`${seed}`).stream(0, 'vary'), wholeOf(SCORE)),
  );
  for (const child of children) expect(child ?? '').not.toMatch(/rest|weight|math/);
  expect(of('py').imports(SCORE)).toEqual(['math', 'os']);
});

const OTHERS: readonly (readonly [string, string])[] = [
  [
    'go',
    'package m\n\nimport "fmt"\n\nfunc f(a int) int {\n\tx := a + 1\n\tfor i := 0; i < x; i++ {\n\t\tif i > 2 {\n\t\t\tx = x * 2\n\t\t}\n\t}\n\tfmt.Println(x)\n\treturn x\n}\n',
  ],
  [
    'rs',
    'fn f(a: i64) -> i64 {\n    let mut x = a + 1;\n    for i in 0..x {\n        if i > 2 {\n            x = x * 2;\n        }\n    }\n    x\n}\n',
  ],
  [
    'java',
    'class A {\n  int f(int a) {\n    int x = a + 1;\n    for (int i = 0; i < x; i++) {\n      if (i > 2) {\n        x = x * 2;\n      }\n    }\n    return a > 1 ? x : -x;\n  }\n}\n',
  ],
  [
    'cpp',
    '#include <cmath>\nint f(int a) {\n  int x = a + 1;\n  for (int i = 0; i < x; i++) {\n    if (i > 2) {\n      x = x * 2;\n    }\n  }\n  return a > 1 ? x : -x;\n}\n',
  ],
];

test.each(isThorough ? OTHERS : OTHERS.slice(0, 1))(
  '%s: every child is of the language, and most variations have some',
  (name, text) => {
    const language = of(name);
    expect(language.complaint(text)).toBeUndefined();
    expect(language.complaint(`${text}\n)`)).toMatch(/^Line \d+: this is not/);
    const normal = language.normalise(text);
    expect(language.normalise(normal)).toBe(normal);
    const working = language.variations.filter(({ vary }) => {
      const children = Array.from({ length: 40 }, (_, seed) =>
        vary(wholeOf(text), publicRoot(`${seed}`).stream(0, 'vary'), wholeOf(text)),
      ).filter((child) => child !== undefined);
      for (const child of children) expect(language.complaint(child)).toBeUndefined();
      return children.length > 0;
    });
    expect(working.length).toBeGreaterThanOrEqual(16);
  },
);

/** A function whose `x` is declared, written and read, and whose `inner` is declared in the loop. */
const DECLARED: Readonly<Record<string, string>> = {
  go: 'package m\n\nfunc f(a int) int {\n\tx := 1\n\tfor i := 0; i < a; i++ {\n\t\tinner := i * 2\n\t\tx += inner\n\t}\n\treturn x\n}\n',
  rs: 'fn f(a: i64) -> i64 {\n    let mut x = 1;\n    for i in 0..a {\n        let inner = i * 2;\n        x += inner;\n    }\n    return x;\n}\n',
  java: 'class A {\n  int f(int a) {\n    int x = 1;\n    for (int i = 0; i < a; i++) {\n      int inner = i * 2;\n      x += inner;\n    }\n    return x;\n  }\n}\n',
  cpp: 'int f(int a) {\n  int x = 1;\n  for (int i = 0; i < a; i++) {\n    int inner = i * 2;\n    x += inner;\n  }\n  return x;\n}\n',
};

test.each(Object.entries(DECLARED))(
  '%s: a name is read where its block declares it, and nowhere else',
  (name, text) => {
    const childrenBy = (variation: string): ReadonlySet<string> => {
      const vary = of(name).variations.find((one) => one.name === variation)?.vary;
      const draw = (seed: number) =>
        vary?.(wholeOf(text), publicRoot(`${seed}`).stream(0, variation), wholeOf(text));
      return new Set(Array.from({ length: 300 }, (_, seed) => draw(seed) ?? ''));
    };
    const lineOf = (part: RegExp) => text.split('\n').find((line) => part.test(line)) ?? '';
    const [x, inner, sum] = [/x :?= 1/, /inner :?=/, /x \+= inner/].map(lineOf) as [
      string,
      string,
      string,
    ];
    const without = (line: string): string => text.replace(`${line}\n`, '');
    const twice = (line: string): string => text.replace(line, `${line}\n${line}`);

    const deleted = childrenBy('delete');
    expect(deleted).toContain(without(sum));
    for (const line of [x, inner]) expect(deleted).not.toContain(without(line));
    const duplicated = childrenBy('duplicate');
    expect(duplicated).toContain(twice(sum));
    // Rust takes a second `let` for a new name; of Go nobody counts.
    const isOnce = name === 'java' || name === 'cpp';
    expect(duplicated.has(twice(x))).toBe(!isOnce);
    const early = text.replace(`${inner}\n${sum}`, `${sum}\n${inner}`);
    for (const variation of ['swap', 'move']) expect(childrenBy(variation)).not.toContain(early);
    const outside = without(sum).replace(/^( *|\t*)return/m, `$1${sum.trim()}\n$1return`);
    expect(outside).not.toBe(without(sum));
    expect(childrenBy('move')).not.toContain(outside);
    for (const child of childrenBy('replace')) {
      expect(child).not.toMatch(/in 0\.\.i|let (mut )?(\w+) = \2\b|int (\w+) = \3\b(?! \*)/);
    }
  },
);

test('only what is needed is loaded', async () => {
  const { languages: none, missing } = await loadLanguages(['a.ts', 'b.lua']);
  expect(none.size).toBe(0);
  expect(missing).toEqual([expect.stringMatching(/"b\.lua": it is changed line by line/)]);
});
