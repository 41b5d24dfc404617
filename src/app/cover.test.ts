import { expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { coverOf } from './cover.ts';

const many = (folder: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${folder}/${i}.txt`);

test('few files stay files', () => {
  expect(coverOf(['a.txt', 'b/c.txt', 'b/d/e.txt'], { open: [] })).toEqual([
    'a.txt',
    'b/c.txt',
    'b/d/e.txt',
  ]);
});

test('many become their folders, those with an editable file last', () => {
  const files = [...many('data', 9), ...many('src/lib', 3), 'src/x.js', 'top.txt'];
  expect([...coverOf(files, { open: ['src/lib/knob.js'], most: 7 })].sort()).toEqual([
    'data',
    'src/lib/0.txt',
    'src/lib/1.txt',
    'src/lib/2.txt',
    'src/x.js',
    'top.txt',
  ]);
});

test('a folder too full to open stays one, with an editable file in it too', () => {
  expect(coverOf(many('src', 9), { open: ['src/knob.js'], most: 7 })).toEqual(['src']);
});

test('so does the top', () => {
  expect(coverOf(['a', 'b', 'c'], { open: ['d'], most: 2 })).toEqual(['']);
});

thorough('a hundred thousand files are as few, at once', () => {
  const files = Array.from({ length: 400 }, (_, i) => many(`packages/p${i}/src`, 250)).flat();
  const cover = coverOf(files, { open: ['packages/p7/src/knob.js'] });
  expect(cover).toEqual(['packages']);
  const nested = files.map((file) => file.replace('packages/p', 'packages/of/'));
  expect(coverOf(nested, { open: [] }).length).toBeLessThanOrEqual(128);
});
