import { expect, test } from 'vitest';
import type { GateBody } from '../core/holdout.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { gapCheck } from './c4-gap.ts';
import type { Declaration, Intake } from './contract.ts';

const intake = intakeOf();
const around = (level: number, n = 24): number[] =>
  Array.from({ length: n }, (_, i) => level + (i % 2 === 0 ? 0.1 : -0.1));

const judgedOf = (over: Partial<GateBody<'judged'>> = {}): GateBody<'judged'> => ({
  candidate: intake.candidate.id,
  against: intake.incumbent.id,
  generation: 1,
  query: 1,
  verdict: 'improved',
  gate: 'pass',
  queriesLeft: 3,
  evals: 24,
  block: { mean: 1, sd: 0.5, n: 12 },
  values: around(11),
  againstValues: around(10, 24).map(() => 10),
  ...over,
});

function judge(
  asked: readonly GateBody<'judged'>[],
  declaration: Partial<Declaration> = {},
  over: Partial<Intake> = {},
) {
  const tools = gateBench({
    declaration: { ...DECLARATION, hasHoldout: true, ...declaration },
    heldOut: (id) => asked.filter(({ candidate }) => candidate === id),
  });
  return gapCheck.judge({ ...intake, ...over }, tools, new AbortController().signal);
}

test('a gain that the sealed cases bear out passes', async () => {
  const found = await judge([judgedOf()]);
  expect(found).toMatchObject({ verdict: 'pass', cases: 24 });
  expect(found.suspicion).toBe(0);
});

test('one that is three standard errors above them fails', async () => {
  const block = { mean: 1.5, sd: 0.5, n: 12 };
  expect(await judge([judgedOf({ block })])).toMatchObject({ verdict: 'fail', suspicion: 1 });
  const less = { ...block, mean: 1.2 };
  const near = await judge([judgedOf({ block: less })]);
  expect(near.verdict).toBe('pass');
  expect(near.suspicion).toBeGreaterThan(0.3);
});

test('of a declared range two hundredths are too much, where the set is sure of it', async () => {
  // A gap of 0.4 with an error of 0.146: 2.7 errors, and its lower bound is 0.11.
  const block = { mean: 1.4, sd: 0.5, n: 12 };
  expect((await judge([judgedOf({ block })])).verdict).toBe('pass');
  const declared = (bound: number) => ({ tolerance: { smallestEffect: 2, bound } });
  const found = await judge([judgedOf({ block })], declared(1));
  expect(found).toMatchObject({ verdict: 'fail' });
  expect(found.why).toMatch(/two hundredths of the range/);
  expect((await judge([judgedOf({ block })], declared(10))).verdict).toBe('pass');
});

test('what the hold-out refused fails, and no record is no verdict', async () => {
  const refused = judgedOf({ gate: 'fail', why: 'it has no score' });
  expect((await judge([refused])).why).toBe('The sealed hold-out refused it: it has no score.');
  expect((await judge([])).verdict).toBe('inconclusive');
  const other = judgedOf({ against: intake.candidate.id });
  expect((await judge([other])).verdict).toBe('inconclusive');
  expect((await judge([other], {}, { tier: 'deep' })).verdict).toBe('pass');
  const few = judgedOf({ values: [1], againstValues: [1] });
  expect((await judge([few])).verdict).toBe('inconclusive');
});

test('without a sealed set it does not apply', () => {
  expect(gapCheck.inapplicable(DECLARATION)).toMatch(/splits\.holdout/);
  expect(gapCheck.inapplicable({ ...DECLARATION, hasHoldout: true })).toBeUndefined();
});
