import { expect, test } from 'vitest';
import { countsByNamespace } from './prepared.ts';

test.each([
  ['6.1.0-28-amd64', true],
  ['5.14.0', true],
  ['5.13.19-generic', false],
  ['5.10.0-32-amd64', false],
  ['4.18.0-553.el8', false],
])('processes of %s are counted by namespace: %s', (kernel, isCounted) => {
  expect(countsByNamespace(kernel)).toBe(isCounted);
});
