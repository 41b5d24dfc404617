import { expect, test } from 'vitest';
import { LINES } from '../improver/gp/lines.ts';
import { encodeForest } from '../lang/codec.ts';
import { improverTask } from './improver.ts';

const kind = improverTask('origin/improver.ts');
const text = encodeForest(LINES.textbook);

test('people read a function for each setting, and write it back', () => {
  const files = kind.toFiles(text);
  expect(files['origin/improver.ts']).toContain('export function population(');
  expect(kind.fromFiles(files)).toBe(text);
});

test('a change of the improver owes as much as four of code', () => {
  expect([kind.name, kind.debtWeight]).toEqual(['improver', 4]);
});

test('a setting that it does not know, or lacks, is refused', () => {
  const source = kind.toFiles(text)['origin/improver.ts'] ?? '';
  const renamed = source.replace('function population', 'function popularity');
  expect(() => kind.fromFiles({ 'origin/improver.ts': renamed })).toThrow(/popul/);
});
