import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { encodeProgram } from '../source/program.ts';
import { keyReader } from './verify-study.ts';
import { ENGINE_VERSION } from './version.ts';

const textOf = (files: Readonly<Record<string, string>>): string => encodeProgram({ files });
const reader = (originText: string, engine = ENGINE_VERSION) => keyReader({ engine, originText });

test('keys of TypeScript and JavaScript follow from the text', () => {
  const { keyOf } = reader(textOf({ 'a.ts': 'const a = 1;', 'b.mjs': '' }));
  const key = keyOf?.(textOf({ 'a.ts': 'const a: number = 2 // two\n', 'b.mjs': '' }));
  expect(key).toBe(keyOf?.(textOf({ 'a.ts': 'const a = 2;', 'b.mjs': '\n' })));
  expect(key).not.toBe(keyOf?.(textOf({ 'a.ts': 'const a = 3;', 'b.mjs': '' })));
  expect(keyOf?.('what a proposer made up')).toBeUndefined();
  expect(keyOf?.(textOf({ 'a.ts': 'const a = (' }))).toMatch(/^sha256:/);
});

test('what a text reaches for beyond the origin is told, unless it cannot be read', () => {
  const { reachOf } = reader(textOf({ 'a.ts': 'const a = 1;' }));
  expect(reachOf?.(textOf({ 'a.ts': "import 'node:fs';" }))).toEqual([
    { path: 'a.ts', imports: ['node:fs'], privileges: ['files'] },
  ]);
  expect(reachOf?.(textOf({ 'a.ts': 'const a = 1;' }))).toEqual([]);
  expect(reachOf?.(textOf({ 'a.ts': 'const a = (' }))).toBeUndefined();
  expect(reachOf?.('what a proposer made up')).toBeUndefined();
});

test('they are left alone where another release or parser may have had a say', () => {
  const script = textOf({ 'a.ts': 'const a = 1;' });
  expect(reader(script, '0.0.9')).toEqual({});
  expect(reader(textOf({ 'a.ts': '', 'b.py': '' }))).toEqual({});
  expect(reader('{"slots":{}}')).toEqual({});
  expect(keyReader(undefined)).toEqual({});
  expect(sha256(script)).not.toBe(reader(script).keyOf?.(script));
});
