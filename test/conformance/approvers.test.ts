import { describe, expect, test } from 'vitest';
import { personApprover } from '../../src/approvers/person.ts';
import { approvalReasons } from '../../src/core/approval.ts';
import { approverConformance } from '../../src/testing/approver-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

describe('person.ts', () => {
  approverConformance(() => personApprover(), suite);
  approverConformance(() => personApprover({ expires: 60_000 }), suite);
});

const OCCASION = { about: 'promotion', autonomy: 4, needsPerson: false, gain: 0 } as const;

test.each([
  [{}, []],
  [{ autonomy: 3 }, ['autonomy']],
  [{ needsPerson: true }, ['scope']],
  [{ gain: Math.log(3.99) }, []],
  [{ gain: Math.log(4) }, ['gain']],
  [{ gain: Math.log(2) + Math.log(2) }, ['gain']],
  [{ gain: Number.NaN }, ['gain']],
  [{ autonomy: 3, needsPerson: true, gain: 2 }, ['autonomy', 'scope', 'gain']],
  [{ about: 'gate-change' as const }, ['gate']],
])('of %j people are asked because of %j', (more, due) => {
  expect(approvalReasons({ ...OCCASION, ...more })).toEqual(due);
});
