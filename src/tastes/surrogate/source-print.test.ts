import { expect, test } from 'vitest';
import { phenotypicDistance } from '../../lang/phenotype.ts';
import { encodeProgram } from '../../source/program.ts';
import { sourcePhenotypes } from './source-print.ts';

const BODY = 'export function f(a, b) {\n  const c = a * 2 + b;\n  return c > 3 ? a : b;\n}\n';
const programOf = (a: string, b = 'export const k = 1;\n'): string =>
  encodeProgram({ files: { 'a.ts': a, 'b.ts': b } });
const read = sourcePhenotypes(programOf(BODY));
const apart = (a: string, b: string): number => phenotypicDistance(read(a), read(b));

test('spaces make no difference; a small change is nearer than a large one', () => {
  const origin = programOf(BODY);
  expect(apart(origin, programOf(BODY.replaceAll('\n', '\n\n')))).toBeLessThan(0.02);
  const small = apart(origin, programOf(BODY.replace('2 +', '3 +')));
  const large = apart(origin, programOf('export const f = (...all) => all.sort().at(-1) ?? 0;\n'));
  expect(small).toBeGreaterThan(0.01);
  expect(large).toBeGreaterThan(2 * small);
});

test('two edits alike are nearer to each other than to the origin', () => {
  const one = programOf(BODY.replace('a * 2', 'Math.sqrt(a)'));
  const two = programOf(BODY.replace('a * 2', 'Math.sqrt(b)'));
  expect(apart(one, two)).toBeLessThan(apart(one, programOf(BODY)));
});

test('order matters, and how many files were touched is seen', () => {
  const swapped = programOf(BODY.replace('? a : b', '? b : a'));
  expect(apart(programOf(BODY), swapped)).toBeGreaterThan(0.01);
  expect(read(programOf(BODY, 'export const k = 2;\n')).at(-1)).toBeGreaterThan(0);
  expect(read(programOf(BODY)).at(-1)).toBe(0);
});
