import { expect, test } from 'vitest';
import { numberText } from './edit.ts';
import { json } from './json.ts';

const TEXT = '{"a 1": [0.5, -2.5e-3,\n 7, -1], "b": "-3.5"}';

test('numbers are found with their signs, and not in keys or strings', () => {
  expect(json.constants(TEXT).map(({ value }) => value)).toEqual([0.5, -2.5e-3, 7, -1]);
});

test('a number below 0 is written as JSON has it, a whole one stays whole', () => {
  const written = json.constants(TEXT).map((span) => numberText(TEXT, span, -1.25));
  expect(written).toEqual(['-1.25', '-1.25', '-1', '-1']);
});

test('layout and escapes are no hypothesis, the kind of a number is', () => {
  expect(json.normalise('[ 1.0,\n"\\u0041" ]')).toBe(json.normalise('[1.0,"A"]'));
  expect(json.normalise('[1.0]')).not.toBe(json.normalise('[1]'));
});

test('a broken text is refused with its line', () => {
  expect(json.complaint('[1,\n2,\n}')).toBe('Line 3: this is not JSON.');
  expect(json.complaint('[1,\n')).toMatch(/^Line \d: this is not JSON\.$/);
  expect(json.complaint('{"a":\n}\n\n\n')).toBe('Line 2: this is not JSON.');
  expect(json.complaint('[1,\n tru,\n 2]\n')).toBe('Line 2: this is not JSON.');
  expect(json.complaint(TEXT)).toBeUndefined();
  for (const read of [json.normalise, json.size]) {
    expect(() => read('["\\x"]')).toThrow(expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }));
  }
});
