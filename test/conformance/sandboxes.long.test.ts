/** The levels of jail beside the best, which sandboxes.test.ts tries, and what holds nothing. */
import { describe, test } from 'vitest';
import { ownProgramSandbox } from '../../src/sandboxes/own-program.ts';
import { sandboxConformance } from '../../src/testing/sandbox-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { heldTo, scope, tried } from './fixtures/levels.ts';

const suite: Suite = {
  test: (name, body) => test(name, { timeout: 60_000 }, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

for (const level of tried('others')) heldTo(suite, level);

describe('own-program.ts', () => {
  const holdsNothing = 'the user’s own programs run with the user’s rights';
  sandboxConformance(suite, { create: () => ownProgramSandbox({ scope: scope() }), holdsNothing });
});
