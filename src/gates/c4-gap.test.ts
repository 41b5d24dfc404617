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
  expect(found).toMatchObject({
    verdict: 'pass',
    cases: 24,
    suspicion: 0,
    why: 'Its gain on 24 sealed cases bears out the claimed one.',
    evidence: {
      generation: 1,
      query: 1,
      gate: 'pass',
      verdict: 'improved',
      block: { mean: 1, sd: 0.5, n: 12 },
      sealed: { n: 24 },
    },
  });
  const less = await judge([judgedOf({ block: { mean: 0.5, sd: 0.5, n: 12 } })]);
  expect([less.verdict, less.suspicion]).toEqual(['pass', 0]);
});

test('suspicion grows with the gap, up to the gap that is refused', async () => {
  const at = async (mean: number) => judge([judgedOf({ block: { mean, sd: 0.5, n: 12 } })]);
  const { suspicion, evidence } = await at(1.3);
  const { gap, error } = evidence as { readonly gap: number; readonly error: number };
  // Standard errors of both sides: 0.5/√12 and 0.102/√24.
  expect(error).toBeCloseTo(Math.hypot(0.5 / Math.sqrt(12), 0.1021508 / Math.sqrt(24)), 6);
  expect(gap).toBeCloseTo(0.3, 12);
  expect(suspicion).toBeCloseTo(gap / (3 * error), 12);
});

test('three errors are too many and less are not', async () => {
  const sure = { sd: 0, n: 12 };
  const exact = judgedOf({ values: Array(24).fill(11), againstValues: Array(24).fill(10) });
  expect((await judge([{ ...exact, block: { ...sure, mean: 1 } }])).verdict).toBe('pass');
  const above = await judge([{ ...exact, block: { ...sure, mean: 1.01 } }]);
  expect(above).toMatchObject({
    verdict: 'fail',
    suspicion: 1,
    why: 'Its gain on the sealed cases is more than three standard errors below the claimed one.',
  });
  const error = 0.5 / Math.sqrt(12);
  const of = (errors: number) =>
    judge([{ ...exact, block: { mean: 1 + errors * error, sd: 0.5, n: 12 } }]);
  expect([(await of(2.99)).verdict, (await of(3.01)).verdict]).toEqual(['pass', 'fail']);
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
  expect(found).toMatchObject({ verdict: 'fail', suspicion: 1 });
  expect(found.why).toBe(
    'Its gain on the sealed cases is more than two hundredths of the range below the claimed one.',
  );
  expect((await judge([judgedOf({ block })], declared(10))).verdict).toBe('pass');
});

test('what the hold-out refused fails, and no record is no verdict', async () => {
  const refused = judgedOf({ gate: 'fail', why: 'it has no score' });
  expect((await judge([refused])).why).toBe('The sealed hold-out refused it: it has no score.');
  expect(await judge([refused])).toMatchObject({ verdict: 'fail', suspicion: 1, cases: 24 });
  const { why: _, ...unsaid } = refused;
  expect((await judge([unsaid])).why).toBe('The sealed hold-out refused it: no reason.');
  expect(await judge([])).toEqual({
    verdict: 'inconclusive',
    why: 'The sealed hold-out was not asked about it.',
    evidence: null,
    cases: 0,
  });
  const other = judgedOf({ against: intake.candidate.id });
  expect((await judge([other])).verdict).toBe('inconclusive');
  expect((await judge([other], {}, { tier: 'deep' })).verdict).toBe('pass');
  const few = {
    verdict: 'inconclusive',
    why: 'Too few sealed cases have a score on both sides.',
    suspicion: 0.5,
  };
  expect(await judge([judgedOf({ values: [1], againstValues: [1] })])).toMatchObject(few);
  expect(await judge([judgedOf({ block: { mean: 1, sd: 0, n: 1 } })])).toMatchObject(few);
  const two = judgedOf({ values: [11, 11], againstValues: [10, 10] });
  expect((await judge([two])).verdict).toBe('pass');
});

test('of several answers the last counts, at the floor the last against the incumbent', async () => {
  const at = (query: number, against = intake.incumbent.id) => judgedOf({ query, against });
  const all = [at(1), at(2), at(3, intake.candidate.id)];
  const queryOf = async (over: Partial<Intake>) =>
    ((await judge(all, {}, over)).evidence as { readonly query: number }).query;
  expect([await queryOf({ tier: 'floor' }), await queryOf({ tier: 'deep' })]).toEqual([2, 3]);
});

test('of times the logarithms are compared', async () => {
  const faster = judgedOf({
    values: around(10).map((one) => one / 2),
    againstValues: around(10),
    block: { mean: Math.log(2), sd: 0.1, n: 12 },
  });
  const timed = { isTimed: true, goal: 'min' } as const;
  expect((await judge([faster], timed)).verdict).toBe('pass');
  expect((await judge([faster], { goal: 'min' })).evidence).not.toEqual(
    (await judge([faster], timed)).evidence,
  );
});

test('without a sealed set it does not apply', () => {
  expect(gapCheck.inapplicable(DECLARATION)).toMatch(/splits\.holdout/);
  expect(gapCheck.inapplicable({ ...DECLARATION, hasHoldout: true })).toBeUndefined();
});
