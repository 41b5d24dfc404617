/** The levels of jail beside the best, which sandboxes.test.ts tries. */
import { test } from 'vitest';
import type { Suite } from '../../src/testing/suite.ts';
import { heldTo, tried } from './fixtures/levels.ts';

const suite: Suite = {
  test: (name, body) => test(name, { timeout: 60_000 }, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

for (const level of tried('others')) heldTo(suite, level);
