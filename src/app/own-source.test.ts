import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Config } from './config-schema.ts';
import { readSurface } from './surface.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A package with one file, studied from its top or from `below`. */
function edited(path: string, { name = 'paceline', below = '' } = {}): readonly string[] {
  const top = mkdtempSync(join(tmpdir(), 'paceline-own-'));
  made.push(top);
  for (const [file, text] of [
    ['package.json', JSON.stringify({ name })],
    [path, 'export {};\n'],
  ] as const) {
    mkdirSync(dirname(join(top, file)), { recursive: true });
    writeFileSync(join(top, file), text);
  }
  const edit = [below === '' ? path : path.slice(below.length + 1)];
  const config = { surface: { edit, readonly: [], include: [] } } as unknown as Config;
  return Object.keys(readSurface(join(top, below), config).edit);
}

const refused = expect.objectContaining({
  code: 'SURFACE_INVALID',
  message: expect.stringContaining('may not change what decides, measures, records or pays'),
});

test.each([
  'src/gates/c2-tampering.ts',
  'src/gatekeeper/judge.ts',
  'src/pace/governor.ts',
  'src/claims/claim.ts',
  'src/stats/e-process.ts',
  'src/stores/sqlite.ts',
  'src/loop/purse.ts',
  'src/evaluators/interpreted.ts',
  'src/verify/ledger.ts',
  'src/source/mutants.ts',
  'src/lang/codec.ts',
  'src/proposers/contract.ts',
  'src/proposers/llm/leaks.ts',
  'src/lang/interpret.test.ts',
  'src/folder-that-somebody-adds/a.ts',
  'corpus/blind/a.ts',
  'test/check.mjs',
  'tsdown.config.ts',
])('planted: a surface of Paceline that names %s is refused', (path) => {
  expect(() => edited(path)).toThrow(refused);
});

test('planted: one that hides it behind a folder below is refused too', () => {
  expect(() => edited('src/pace/governor.ts', { below: 'src/pace' })).toThrow(refused);
});

test.each(['src/lang/interpret.ts', 'src/optim/cma-es.ts', 'examples/tsp/origin/a.ts'])(
  '%s may be improved',
  (path) => {
    expect(edited(path)).toEqual([path]);
  },
);

test('folders of the same names in other packages are nobody’s judges here', () => {
  expect(edited('src/pace/governor.ts', { name: 'runner' })).toEqual(['src/pace/governor.ts']);
});

test.each(['paceline-demo/origin/priority.ts', 'bin-packing/src/pace/governor.ts'])(
  'a study begun inside a clone, %s, is its owner’s',
  (path) => {
    expect(edited(path)).toEqual([path]);
  },
);
