import { expect, test } from 'vitest';
import { firstOf } from './user.ts';

test.each([
  ['of the whole machine', '         0          0 4294967295\n', 1_900_000_000],
  ['of a container without root', '0 1000 1\n1 100000 65536\n', 64_537],
  ['of one with two ranges', '0 0 1000\n5000 200000 2000\n', 6000],
  ['of one whose last range is short', '0 100000 5000\n9000 1000 1\n', 4000],
  ['of one with a single user', '0 1000 1\n', undefined],
])('a thousand users %s', (_what, map, first) => {
  expect(firstOf(map)).toBe(first);
});
