import { describe, expect, test } from 'vitest';
import type { Approver } from '../../src/approvers/contract.ts';
import { personApprover } from '../../src/approvers/person.ts';
import { approvalReasons } from '../../src/core/approval.ts';
import { approverConformance } from '../../src/testing/approver-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

describe('person.ts', () => {
  approverConformance(suite, () => personApprover());
  approverConformance(suite, () => personApprover({ expires: 60_000 }));
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

const person = personApprover();
const always = { ...person, refuses: () => undefined };

/** An approver that breaks each law. */
const FAULTS: Readonly<Record<string, Approver>> = {
  'the same occasion needs the same people, and a change of the gate always somebody': {
    ...person,
    needs: () => [],
  },
  'a decision counts within its time alone': always,
  'a decision counts for exactly what its request names': always,
  'a program never decides': always,
  'a request stands for a while, and not for ever': personApprover({ expires: Infinity }),
};

const laws = new Map<string, () => Promise<void>>();

test.each(Object.keys(FAULTS))('the law "%s" notices an approver that breaks it', async (law) => {
  const collect: Suite = { test: (name, body) => void laws.set(name, body), skip: () => undefined };
  approverConformance(collect, () => FAULTS[law] ?? person);
  expect([...laws.keys()].sort()).toEqual(Object.keys(FAULTS).sort());
  await expect(laws.get(law)?.()).rejects.toThrow();
});
