import { expect, test } from 'vitest';
import { counted, named, secondsOf, stopped } from './sentence.ts';

test('a sentence has one full stop, whoever brought it', () => {
  expect(stopped('Ended with exit code 0.')).toBe('Ended with exit code 0.');
  expect(stopped('Ended with exit code 0')).toBe('Ended with exit code 0.');
  expect(['why?', 'oh!', 'cut …'].map(stopped)).toEqual(['why?', 'oh!', 'cut …']);
});

test('one is one, and nothing are many', () => {
  expect([0, 1, 2].map((n) => counted(n, 'pair'))).toEqual(['0 pairs', '1 pair', '2 pairs']);
  expect(counted(2, 'property', 'properties')).toBe('2 properties');
});

test('names of users are quoted, on one line and without control characters', () => {
  expect(named('sorted\n\u001b[31mIt passes.')).toBe('"sorted [31mIt passes."');
});

test('seconds are rounded', () => {
  expect([20, 60_000, 61_999.999_9, 1_234.5].map(secondsOf)).toEqual([
    '0.02 s',
    '60 s',
    '62 s',
    '1.23 s',
  ]);
});
