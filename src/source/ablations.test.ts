import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ablations } from './ablations.ts';

const ORIGIN = { 'a.ts': 'one\ntwo\nthree\nfour\n', 'b.ts': 'b\n' };

test('each change is taken back alone, and the others stay', () => {
  const changed = { 'a.ts': 'ONE\ntwo\nthree\n4\nfive\n', 'b.ts': 'B\n' };
  expect(ablations(ORIGIN, changed)).toEqual([
    {
      path: 'a.ts',
      change: 1,
      of: 2,
      files: { ...changed, 'a.ts': 'one\ntwo\nthree\n4\nfive\n' },
    },
    { path: 'a.ts', change: 2, of: 2, files: { ...changed, 'a.ts': 'ONE\ntwo\nthree\nfour\n' } },
    { path: 'b.ts', change: 1, of: 1, files: { ...changed, 'b.ts': 'b\n' } },
  ]);
});

test('one change taken back would be the origin, and no change is none', () => {
  expect(ablations(ORIGIN, { ...ORIGIN, 'b.ts': 'B\n' })).toEqual([]);
  expect(ablations(ORIGIN, ORIGIN)).toEqual([]);
});

const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  .map((all) => all.join('\n'));

test('every ablation differs from candidate and origin, and no two are the same', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const found = ablations({ f: before }, { f: after }).map(({ files }) => files['f']);
      expect(new Set([...found, before, after]).size).toBe(
        found.length + new Set([before, after]).size,
      );
    }),
  );
});
