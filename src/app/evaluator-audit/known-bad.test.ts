import { expect, test } from 'vitest';
import { encodeProgram } from '../../source/program.ts';
import type { Files } from '../../tasks/contract.ts';
import { type KnownBad, knownBad } from './known-bad.ts';

const target = { metric: 'loss', forged: [-1, 0.5] as const, judged: ['/task/evaluator'] };
const encode = (files: Files): string => encodeProgram({ files });
const made = (files: Files) => knownBad({ files, encode, target });

function textOf(candidates: readonly KnownBad[], name: string, path: string): string {
  const one = candidates.find((candidate) => candidate.name === name);
  return one ? ((JSON.parse(one.text) as { files: Files }).files[path] as string) : `no ${name}`;
}

test('functions of a script return nothing, or one constant', () => {
  const path = 'a.ts';
  const { candidates, skipped } = made({
    [path]:
      'const own = (x: number) => x;\nexport const f = (x: number) => own(x);\nexport default function g() { return 1; }\n',
  });
  expect(skipped).toEqual([]);
  expect(textOf(candidates, 'null agent', path)).toBe(
    'const own = (x: number) => x;\nexport const f = (x: number) => (undefined);\nexport default function g() { return undefined; }\n',
  );
  expect(textOf(candidates, 'constant 1e-161', path)).toContain('=> (1e-161);');
  expect(textOf(candidates, 'empty', path)).toBe('');
});

test('what is not exported stands in where nothing else may be changed', () => {
  const path = 'a.mjs';
  const { candidates } = made({ [path]: 'function f() { return 1; }\nexport { f };\n' });
  expect(textOf(candidates, 'null agent', path)).toContain('function f() { return undefined; }');
});

test('only marked blocks change, also inside a function', () => {
  const path = 'a.mjs';
  const text =
    'export function f(x) {\n  // EVOLVE-BLOCK-START\n  return x;\n  // EVOLVE-BLOCK-END\n}\n';
  const { candidates } = made({ [path]: text });
  expect(textOf(candidates, 'null agent', path)).toContain('START\nreturn undefined;\n  return x;');
  for (const one of candidates) {
    const changed = textOf(candidates, one.name, path);
    expect(changed.startsWith('export function f(x) {\n  // EVOLVE-BLOCK-START\n')).toBe(true);
    expect(changed.endsWith('// EVOLVE-BLOCK-END\n}\n')).toBe(true);
  }
});

test('Python functions return nothing, and what is loaded runs one line more', () => {
  const path = 'a.py';
  const { candidates } = made({
    [path]:
      'from __future__ import annotations\n\ndef f(\n    x,\n):\n    y = x\n\n    return y\n\nz = 1\n',
  });
  expect(textOf(candidates, 'null agent', path)).toBe(
    'from __future__ import annotations\n\ndef f(\n    x,\n):\n    return None\nz = 1\n',
  );
  expect(textOf(candidates, 'forged line', path)).toMatch(/annotations\nexec\("import os\\n/);
});

test('data are emptied, and what they cannot do is named', () => {
  const { candidates, skipped } = made({ 'a.json': '[1, 2]\n' });
  expect(candidates.map(({ name }) => name)).toEqual([
    'empty',
    'empty list',
    'empty record',
    'truncated',
  ]);
  expect(skipped).toEqual([expect.stringContaining('attacks in code')]);
});

test('a closed language has constants and nothing that attacks', () => {
  const vocabulary = { slots: [{ name: 'f', inputs: ['x'], result: 'real' as const }] };
  const { candidates, skipped } = knownBad({ files: {}, encode, vocabulary, target });
  expect(new Set(candidates.map(({ kind }) => kind))).toEqual(new Set(['constant']));
  expect(candidates.length).toBeGreaterThan(3);
  expect(skipped).toHaveLength(1);
});

test('methods return nothing, constructors stay', () => {
  const path = 'a.mjs';
  const { candidates } = made({
    [path]:
      'export class A { constructor() { this.x = 1; } act(x) { return x; } }\nexport default { f: (x) => x, g() { return 1; } };\n',
  });
  expect(textOf(candidates, 'null agent', path)).toBe(
    'export class A { constructor() { this.x = 1; } act(x) { return undefined; } }\nexport default { f: (x) => (undefined), g() { return undefined; } };\n',
  );
});

test('Python: heads on one line, methods, comments at the margin, and what lies inside another', () => {
  const path = 'a.py';
  const { candidates } = made({
    [path]: `def f(x: dict[str, int] = {"a:": 1}) -> int: return 1  # one
class A:
    def __init__(self):
        self.x = 1

    def act(self, x):
        def inner(y):
            return y
# at the margin
        return inner(x)
z = 1
`,
  });
  expect(
    textOf(candidates, 'null agent', path),
  ).toBe(`def f(x: dict[str, int] = {"a:": 1}) -> int: return None
class A:
    def __init__(self):
        self.x = 1

    def act(self, x):
        return None
z = 1
`);
});

test('what is no number counts as nothing; in JSON nothing is null', () => {
  const path = 'a.mjs';
  const files = { [path]: 'export const f = (x) => x;\n' };
  const kindOf = (name: string) =>
    made(files).candidates.find((candidate) => candidate.name === name)?.kind;
  expect([kindOf('constant NaN'), kindOf('constant 0')]).toEqual(['null', 'constant']);
  const { candidates } = knownBad({ files, encode, target, isJson: true });
  expect(textOf(candidates, 'null agent', path)).toContain('=> (null)');
});

test('values are forged far out and within a range, and one candidate fails on purpose', () => {
  const { candidates, control } = made({ 'a.mjs': 'export const f = (x) => x;\n' });
  expect(candidates.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['forged line', 'forged line of 0.5', 'forged number of 0.5']),
  );
  expect(control).toContain('throw new Error');
});

test('where nothing judges, nothing is said of reaching it', () => {
  const none = { ...target, judged: [] };
  const { candidates } = knownBad({
    files: { 'a.mjs': 'export const f = 1;\n' },
    encode,
    target: none,
  });
  const reaching = candidates.filter(({ kind }) => kind === 'reach').map(({ name }) => name);
  expect(reaching).toEqual(['reads the cases']);
});
