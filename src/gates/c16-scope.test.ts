import { expect, test } from 'vitest';
import type { Files } from '../tasks/contract.ts';
import { gateBench, intakeOf } from '../testing/gate-bench.ts';
import { scopeCheck } from './c16-scope.ts';
import type { Manifest } from './contract.ts';

const BEFORE: Files = {
  'src/solve.ts':
    "import { half } from './half.ts';\nexport const solve = (x: number) => half(x);\n",
  'src/half.ts': 'export const half = (x: number) => x / 2;\n',
};

const manifestOf = (over: Partial<Manifest> = {}): Manifest => ({
  modules: [],
  growth: 4,
  ...over,
});

function judged(after: Files, before = BEFORE, manifest = manifestOf()) {
  const tools = gateBench({ sources: { incumbent: before, candidate: after }, manifest });
  return scopeCheck.judge(intakeOf(), tools, new AbortController().signal);
}

const added = (line: string): Files => ({
  ...BEFORE,
  'src/solve.ts': `${line}\n${BEFORE['src/solve.ts']}`,
});

test.each([
  [
    'a module',
    added("import { readFileSync } from 'node:fs';"),
    /the module "node:fs" in "src\/solve.ts"/,
  ],
  ['a privilege', added('const key = process.env.KEY;'), /the privilege of environment/],
  [
    'a computed import',
    added("const m = await import('f' + 's');"),
    /an import by a computed name/,
  ],
  [
    'a way out of its folder',
    added("import '../../evaluate.ts';"),
    /the module "..\/..\/evaluate.ts"/,
  ],
  ['a file', { ...BEFORE, 'src/more.ts': 'export {};\n' }, /the file "src\/more.ts"/],
  ['chance', added('const luck = Math.random();'), /random numbers as a source of chance/],
  ['a clock', added('const at = performance.now();'), /a clock as a source of chance/],
  ['growth', added(`// ${'long '.repeat(200)}`), /the size \d+, above 4 times/],
  [
    'a name that drives a screen',
    { ...BEFORE, 'src/\u001b[31m\u202e.ts': 'export {};\n' },
    /the file "src\/ \[31m .ts"/,
  ],
])('%s that it replaces did not have needs a person', async (_name, after, says) => {
  const found = await judged(after);
  expect(found.verdict).toBe('pass');
  expect(found.needsPerson).toMatch(says);
  expect(found.suspicion).toBeGreaterThan(0);
});

test('arithmetic, files of its own and what was there before need nobody', async () => {
  expect(await judged(added("import { half as h } from './half.js';"))).not.toHaveProperty(
    'needsPerson',
  );
  const reaching = added('const key = process.env.KEY ?? Math.random();');
  const more = { ...reaching, 'src/half.ts': 'export const half = (x: number) => 0.5 * x;\n' };
  expect(await judged(more, reaching)).not.toHaveProperty('needsPerson');
});

test('a Python module beside it is its own, another is not', async () => {
  const before = { 'pkg/a.py': 'x = 1\n', 'pkg/b.py': 'y = 1\n' };
  const after = (line: string) => ({ ...before, 'pkg/a.py': `${line}\nx = 1\n` });
  expect(await judged(after('import b'), before)).not.toHaveProperty('needsPerson');
  expect((await judged(after('import os'), before)).needsPerson).toMatch(/the module "os"/);
});

test('the manifest grants modules with what lies in them, privileges and size, and nothing beside', async () => {
  const manifest = manifestOf({ modules: ['fs'], privileges: ['files'], growth: 100 });
  const reading = added(`import { readFile } from 'node:fs/promises'; // ${'long '.repeat(200)}`);
  expect(await judged(reading, BEFORE, manifest)).not.toHaveProperty('needsPerson');
  expect((await judged(added("import 'net';"), BEFORE, manifest)).needsPerson).toMatch(/"net"/);
  const computed = added("const m = await import('f' + 's');");
  expect((await judged(computed, BEFORE, manifest)).needsPerson).toMatch(/computed name/);
});
