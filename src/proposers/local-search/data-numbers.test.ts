import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languageOf } from '../../source/language-of.ts';
import { decodeProgram, encodeProgram } from '../../source/program.ts';
import { sourceTask } from '../../tasks/source.ts';
import { dataNumbers } from './data-numbers.ts';

const files = {
  'a/x.json': '{ "count": 3, "at": [0.5, -1.0e0],\n "name": "7.5" }\n',
  'b.json': '[0.0]',
  'c.py': 'x = 0.5\n',
};
const origin = encodeProgram({ files });
const numbers = dataNumbers({ origin, kind: sourceTask({ origin: files, languageOf }) });

test('numbers with a fraction are moved, of data files only; all else stays byte for byte', () => {
  expect(numbers.start).toEqual([0.5, -1, 0]);
  const text = numbers.textOf([-2, 0, 1e-7]);
  expect(decodeProgram(text).files).toEqual({
    'a/x.json': '{ "count": 3, "at": [-2.0, 0.0],\n "name": "7.5" }\n',
    'b.json': '[1e-7]',
    'c.py': 'x = 0.5\n',
  });
});

test('every double comes back from its text, bit for bit', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(double, double, double, (...point) => {
      const back = numbers.pointOf(numbers.textOf(point));
      expect([...back].map((v, i) => Object.is(v, point[i]))).toEqual([true, true, true]);
    }),
  );
});

test('layout is no hypothesis, the last bit of a number is', () => {
  const at = (x: number): string => numbers.keyOf(numbers.textOf([x, 0, 0]));
  expect(at(0.5)).toBe(at(0.5));
  expect(at(0.5)).not.toBe(at(0.5 + 2 ** -53));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s has no text', (value) => {
  expect(() => numbers.textOf([0, value, 0])).toThrow(
    expect.objectContaining({ code: 'PROBLEM_INVALID' }),
  );
});
