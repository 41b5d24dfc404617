import { afterEach, expect, test, vi } from 'vitest';
import { lastOf, oneCore } from './one-core.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['0', 0],
  ['0-3', 3],
  ['0-1,4,8-11', 11],
])('the last core of %s', (list, last) => {
  expect(lastOf(list)).toBe(last);
});

test('planted: where taskset is missing, that is said and nothing is put before a program', () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(oneCore()).toEqual({ missing: 'taskset is missing' });
});
