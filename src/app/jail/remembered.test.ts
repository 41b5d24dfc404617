import { expect, test } from 'vitest';
import { groupsOf } from './remembered.ts';

test('the name of a scope, another at each start, is no reason to try again; a group of version 1 is', () => {
  const first = groupsOf('4:memory:/b\n0::/app.slice/run-r1ac9.scope\n');
  expect(first).toBe(groupsOf('4:memory:/b\n0::/app.slice/run-r7f00.scope/paceline-229-3033\n'));
  expect(first).not.toBe(groupsOf('4:memory:/c\n0::/\n'));
});
