import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proposerConformance } from '../../src/testing/proposer-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { isThorough } from '../thorough.ts';
import { SUBJECTS } from './fixtures/proposers.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, isThorough ? 120_000 : 20_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

for (const [file, subjects] of Object.entries(SUBJECTS)) {
  const [first] = subjects;
  if (first) describe(file, () => proposerConformance(suite, first));
}

test('every proposer has a row above', () => {
  const drivers = readdirSync(join(import.meta.dirname, '../../src/proposers'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => name !== 'contract.ts' && name !== 'taped.ts');
  expect(drivers.sort()).toEqual(Object.keys(SUBJECTS).sort());
});
