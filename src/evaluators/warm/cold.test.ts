import { expect, test } from 'vitest';
import { agree, checkedCold } from './cold.ts';

test('the last answer of calls 1, 2, 4, 8 is given again; the very first answer is cold', () => {
  const calls = Array.from({ length: 9 }, (_, callsBefore) => checkedCold(callsBefore, 3));
  expect(calls).toEqual([2, 2, undefined, 2, undefined, undefined, undefined, 2, undefined]);
  expect([checkedCold(0, 1), checkedCold(1, 1), checkedCold(1, 0)]).toEqual([
    undefined,
    0,
    undefined,
  ]);
});

test('equal outputs agree, two failures agree, nothing else does', () => {
  expect(agree({ output: [1, { a: 2 }] }, { output: [1, { a: 2 }] })).toBe(true);
  expect(agree({ failed: 'here' }, { failed: 'there' })).toBe(true);
  expect(agree({ output: 1 }, { output: 2 })).toBe(false);
  expect(agree({ output: 1 }, { failed: 'no' })).toBe(false);
  expect(agree({ output: 1 }, undefined)).toBe(false);
});
