/** A generation is promoted on evidence alone. */
import { expect, test } from 'vitest';
import { decideGeneration } from './promotion.ts';

test.each([
  [[100, 90], 'helped', 'promoted'],
  [[100, 100], 'helped', 'promoted'],
  [[100, 101], 'helped', 'rejected'],
  [[100, 90], 'no-evidence', 'rejected'],
  [[100, 90], 'not-testable', 'rejected'],
  [[100, 90], 'hurt', 'rejected'],
  [[100, 90], undefined, 'rejected'],
] as const)('validation %s, claim %s: %s', ([before, now], claim, verdict) => {
  const evidence = { validation: [before, now] as const, ...(claim ? { claim } : {}) };
  expect(decideGeneration(evidence).verdict).toBe(verdict);
});
