import { expect, test } from 'vitest';
import { encodeProgram } from '../source/program.ts';
import { sourceTask } from './source.ts';

const origin = { 'src/a.py': 'x = 1\n', 'b.sql': '-- EVOLVE-BLOCK-START\n-- EVOLVE-BLOCK-END\n' };
const kind = sourceTask({ origin });

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

test('an origin whose markers do not pair is refused with file and line', () => {
  expect(() => sourceTask({ origin: { 'c.py': '\n# EVOLVE-BLOCK-END' } })).toThrow(
    'c.py: Line 2 ends a block that none starts. Pair the markers',
  );
});

test('measures are counted over all files', () => {
  const text = kind.fromFiles(origin);
  expect(kind.measures).toEqual(['lines', 'characters']);
  expect(kind.measure(text, ['characters', 'lines', 'depth'])).toEqual([48, 5, Number.NaN]);
});
