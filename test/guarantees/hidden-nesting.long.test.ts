import { expect, test } from 'vitest';
import { unreadable } from '../../src/source/typescript/guard.ts';
import { fatal, HIDDEN, hiddenNesting, isFatal } from './fixtures/hidden-nesting.ts';

test('no text of 30,000 that passes ends the parser', { timeout: 300_000 }, () => {
  for (let batch = 0; batch < 100; batch++) {
    const passed = hiddenNesting(`long ${batch}`, 300).filter(
      ({ dialect, text }) => unreadable(text, dialect.endsWith('x')) === undefined,
    );
    expect(fatal(passed)).toEqual([]);
  }
});

test.each(HIDDEN)('the parser does see what is hidden behind %s', (_, dialect, text) => {
  expect(isFatal([{ dialect, text }])).toBe(true);
});
