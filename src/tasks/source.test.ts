import { expect, test } from 'vitest';
import { languageOf } from '../source/language-of.ts';
import { encodeProgram } from '../source/program.ts';
import { SCRIPTS } from '../source/typescript.ts';
import { sourceTask } from './source.ts';

const origin = { 'src/a.py': 'x = 1\n', 'b.sql': '-- EVOLVE-BLOCK-START\n-- EVOLVE-BLOCK-END\n' };
const kind = sourceTask({ origin, languageOf });

test('files become canonical text and the same files again', () => {
  const text = kind.fromFiles(origin);
  expect(text).toBe(encodeProgram({ files: origin }));
  expect(kind.toFiles(text)).toEqual(origin);
  expect(kind.materialise(text)).toEqual(origin);
});

test('a candidate that edits more than it may is not run', () => {
  const edited = (files: object): string => kind.fromFiles({ ...origin, ...files });
  expect(kind.materialise(edited({ 'src/a.py': 'x = 2\n' }))['src/a.py']).toBe('x = 2\n');
  expect(() => kind.materialise(edited({ 'evaluator.py': '' }))).toThrow('"evaluator.py"');
  expect(() => kind.materialise(edited({ 'b.sql': 'drop' }))).toThrow(
    'outside the editable blocks',
  );
  expect(() => kind.materialise('{}')).toThrow(
    expect.objectContaining({ code: 'PROGRAM_INVALID' }),
  );
});

test('a candidate may grow, up to a bound of its own', () => {
  const grown = (kib: number): string =>
    kind.fromFiles({ ...origin, 'src/a.py': `x = "${'é'.repeat(kib * 512)}"\n` });
  expect(kind.materialise(grown(63))).toHaveProperty('b.sql');
  expect(() => kind.materialise(grown(64))).toThrow(
    /hold 65585 bytes of text, more than the 65584 of surface\.limit/,
  );
  const narrow = sourceTask({ origin, languageOf, limitBytes: 50 });
  expect(narrow.materialise(narrow.fromFiles(origin))).toEqual(origin);
  expect(() => narrow.materialise(grown(1))).toThrow(
    expect.objectContaining({ code: 'PROGRAM_INVALID' }),
  );
});

test('an origin whose markers do not pair is refused with file and line', () => {
  expect(() => sourceTask({ languageOf, origin: { 'c.py': '\n# EVOLVE-BLOCK-END' } })).toThrow(
    'c.py: Line 2 ends a block that none starts. Pair the markers',
  );
});

test('measures are counted over all files', () => {
  const text = kind.fromFiles(origin);
  expect(kind.measures).toEqual(['size', 'lines', 'characters']);
  expect(kind.measure(text, ['characters', 'lines', 'depth'])).toEqual([48, 5, Number.NaN]);
});

test('layout makes no new hypothesis, and a broken text is still text', () => {
  const scripts = sourceTask({
    origin: { 'a.ts': 'x' },
    languageOf: (path) => languageOf(path, SCRIPTS),
  });
  const of = (text: string): string => scripts.normalise(scripts.fromFiles({ 'a.ts': text }));
  expect(of('const a = 1; // one\n\n')).toBe(of('const a: number = 1\n'));
  expect(of('const a = 1;')).not.toBe(of('const a = 2;'));
  expect(of('const a = (')).not.toBe(of('const a = ['));
  expect(scripts.size(scripts.fromFiles({ 'a.ts': 'const a = (' }))).toBeGreaterThan(0);
});
