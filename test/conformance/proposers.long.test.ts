/** Proposers in the forms that proposers.test.ts leaves out. */
import { describe, test } from 'vitest';
import { proposerConformance } from '../../src/testing/proposer-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { SUBJECTS } from './fixtures/proposers.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 120_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

for (const [file, [, ...others]] of Object.entries(SUBJECTS)) {
  for (const [i, subject] of others.entries()) {
    describe(`${file} ${i + 2}`, () => proposerConformance(suite, subject));
  }
}
