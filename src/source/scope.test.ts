import { expect, test } from 'vitest';
import { languageOf } from './language-of.ts';
import { scopeAdded } from './scope.ts';
import { SCRIPTS } from './typescript.ts';

const scope = (path: string, before: string, after: string): readonly string[] =>
  scopeAdded({ files: { [path]: before } }, { files: { [path]: after } }, (name) =>
    languageOf(name, SCRIPTS),
  );

test.each([
  [
    'a.ts',
    "import { spawn } from 'node:child_process';\n",
    ['imports', 'node:child_process'],
    'processes',
  ],
  [
    'a.ts',
    "const { readFileSync } = await import('node:fs');\n",
    [],
    'files, code made at run time',
  ],
  ['a.ts', 'const key = process.env.KEY;\n', [], 'environment'],
  ['a.ts', "eval('1');\n", [], 'code made at run time'],
  ['a.ts', "fetch('http://x');\n", [], 'network'],
  ['a.ts', 'process.exit(0);\n', [], 'the host process'],
  ['a.py', 'import subprocess\n', ['imports', 'subprocess'], 'processes'],
  ['a.py', 'open("/tmp/x", "w")\n', [], 'files'],
  ['a.rs', 'unsafe { go() }\n', [], 'unsafe memory'],
])('%s: %j', (path, added, imports, privilege) => {
  const found = scope(path, 'x = 1\n', `x = 1\n${added}`);
  expect(found).toContain(`privileges added in ${path}: ${privilege}`);
  if (imports[1]) expect(found).toContain(`imports added in ${path}: ${imports[1]}`);
  expect(scope(path, added, `${added}y = 2\n`)).toEqual([]);
});

test('arithmetic adds nothing', () => {
  expect(scope('a.ts', 'x = 1\n', 'x = Math.max(1, 2); // evaluate the openness\n')).toEqual([]);
});
