/** Nesting that would end the process is found by whoever looks before the native parser. */
import { expect, test } from 'vitest';
import { unreadable } from '../../src/source/typescript/guard.ts';
import { isThorough } from '../thorough.ts';
import {
  DEEP,
  fatal,
  HIDDEN,
  type Hidden,
  hiddenNesting,
  isFatal,
} from './fixtures/hidden-nesting.ts';

const seen = ({ dialect, text }: Hidden): boolean =>
  unreadable(text, dialect.endsWith('x')) !== undefined;

test.each(HIDDEN)('hidden behind %s', (_, dialect, text) => {
  expect(seen({ dialect, text })).toBe(true);
});

test('nothing that passes ends the parser', () => {
  const drawn = isThorough ? 500 : 150;
  const passed = hiddenNesting('a', drawn).filter((hidden) => !seen(hidden));
  expect(passed.length, 'the rest is broken in every reading').toBeGreaterThan(drawn / 10);
  expect(fatal(passed)).toEqual([]);
});

test('planted: whoever takes a quotation where the first one could begin lets some pass', () => {
  const naive = ({ text }: Hidden): boolean =>
    DEEP.some((deep) => text.replace(/"[^"]*"|'[^']*'|\/\*.*?\*\//gs, '').includes(deep));
  const passed = hiddenNesting('b', 300).filter((hidden) => !naive(hidden));
  expect(isFatal(passed)).toBe(true);
});

test.each([
  ['/* a', undefined],
  ['/[', undefined],
  ['x\n/`a', /too deeply/],
  ['}\n/', undefined],
  ['<!--', /too deeply|too many/],
])('looked at once, however often it begins: %j', (begun, expected) => {
  const reason = unreadable(begun.repeat(100_000), false);
  if (expected === undefined) expect(reason).toBeUndefined();
  else expect(reason).toMatch(expected);
});
