import { expect, test } from 'vitest';
import { tokensOf } from './tokens.ts';

test('ordinary text is counted as the tokenizer counts it', () => {
  expect(tokensOf('export const depth = 4;\n')).toBe(7);
  expect(tokensOf('')).toBe(0);
});

test.each(['x', '\n', ' ', '=', '\u4e2d', '\u{1f600}'])(
  'planted: 100,000 times %j is counted at once, and never as nothing',
  (one) => {
    const began = performance.now();
    expect(tokensOf(one.repeat(100_000))).toBeGreaterThanOrEqual(1_000);
    expect(performance.now() - began).toBeLessThan(2_000);
  },
);
