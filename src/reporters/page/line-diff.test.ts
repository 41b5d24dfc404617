import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'));

describe('lineDiff', () => {
  it('marks what changed', () => {
    const { before, after } = lineDiff('one\ntwo\nthree', 'one\n2\nthree\nfour');
    expect(before.filter(({ isChanged }) => isChanged).map((line) => line.text)).toEqual(['two']);
    expect(after.filter(({ isChanged }) => isChanged).map((line) => line.text)).toEqual([
      '2',
      'four',
    ]);
  });

  it('leaves the same lines unmarked on both sides, in order', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { before, after } = lineDiff(a, b);
        const kept = (lines: typeof before): readonly string[] =>
          lines.filter(({ isChanged }) => !isChanged).map((line) => line.text);
        expect(kept(before)).toEqual(kept(after));
        expect(before.map((line) => line.text).join('\n')).toBe(a);
        expect(after.map((line) => line.text).join('\n')).toBe(b);
      }),
    );
  });

  it('marks nothing in equal texts, and everything where a table would be too large', () => {
    expect(lineDiff('a\nb', 'a\nb').after.some(({ isChanged }) => isChanged)).toBe(false);
    const large = Array.from({ length: 2_100 }, (_, i) => `${i}`).join('\n');
    expect(lineDiff(large, large).after.every(({ isChanged }) => isChanged)).toBe(true);
  });
});
