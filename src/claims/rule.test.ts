/** Rules at their limits: what is still one, what is refused and why, and what a ledger keeps of it. */
import { describe, expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import {
  defaultRule,
  exactRule,
  ruleHash,
  ruleRecord,
  ruleStages,
  type SampledRule,
  stagesOf,
} from './rule.ts';

const VERIFIER = sha256('verifier');
const STAGE = { name: 'quick', metric: 'hits', goal: 'max', threshold: 2, cases: 1 } as const;
const GUARD = { name: 'latency', goal: 'min', unit: 'ms', margin: 2 } as const;

test.each<[Partial<Omit<SampledRule, 'id'>>]>([
  [{ smallestEffect: 7 }],
  [{ method: 'bounded', bound: 1, minEffect: 0.9 }],
  [{ method: 'passfail', minEffect: -0.9 }],
  [{ minEffect: 5 }],
  [{ stages: [STAGE, { ...STAGE, name: 'slow', threshold: -1 }] }],
  [{ guards: [GUARD, { ...GUARD, name: 'memory', bound: 2.1 }] }],
])('%o is still a rule, and holds what was given', (over) => {
  expect(defaultRule(over)).toEqual({ ...defaultRule(), ...over });
});

test.each<[Partial<Omit<SampledRule, 'id'>>, RegExp]>([
  [{ alpha: 1 }, /rule\.alpha is 1; give a rate between 0 and 1/],
  [{ method: 'bounded', bound: 1, minEffect: 1 }, /give rule\.bound/],
  [{ method: 'bounded', bound: 1, minEffect: -1 }, /give rule\.bound/],
  [{ method: 'passfail', minEffect: -1 }, /rule\.minEffect is -1/],
  [{ stages: [STAGE, STAGE] }, /Two stages are named quick/],
  [{ stages: [{ ...STAGE, cases: 0 }] }, /The stage quick needs a finite threshold/],
  [{ stages: [{ ...STAGE, threshold: Number.NaN }] }, /at least one case/],
  [{ guards: [{ ...GUARD, margin: Number.NaN }] }, /The margin of guard latency is NaN/],
  [{ guards: [{ ...GUARD, bound: 2 }] }, /bound of guard latency must be above its margin of 2/],
])('%o is refused', (over, says) => {
  expect(() => defaultRule(over)).toThrow(says);
});

describe('an exact rule', () => {
  test('takes any size as its tolerance, 0 too, and a guard of margin 0', () => {
    expect(exactRule({ tolerance: 0, verifier: VERIFIER })).toEqual({
      id: 'paceline.rule/1',
      mode: 'exact',
      tolerance: 0,
      verifier: VERIFIER,
    });
    const guards = [{ ...GUARD, margin: 0 }];
    expect(exactRule({ tolerance: 1, verifier: VERIFIER, guards })).toMatchObject({ guards });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('%d is no tolerance', (tolerance) => {
    const make = () => exactRule({ tolerance, verifier: VERIFIER });
    expect(make).toThrow(PacelineError);
    expect(make).toThrow(/rule\.exact\.tolerance is .*; give a size in metric units, 0 or more/);
  });

  test('has no use for the bound of a guard', () => {
    const guards = [{ ...GUARD, bound: 9 }];
    const make = () => exactRule({ tolerance: 1, verifier: VERIFIER, guards });
    expect(make).toThrow(/Guard latency has a bound, which an exact comparison has no use for/);
  });
});

test('stages are those of a rule that tests, and of whatever a ledger holds', () => {
  expect(ruleStages(defaultRule({ stages: [STAGE] }))).toEqual([STAGE]);
  expect(ruleStages(defaultRule())).toEqual([]);
  expect(ruleStages(undefined)).toEqual([]);
  const exact = { ...exactRule({ tolerance: 1, verifier: VERIFIER }), stages: [STAGE] };
  expect(ruleStages(exact)).toEqual([]);
  expect(stagesOf(ruleRecord(defaultRule({ stages: [STAGE] })))).toEqual([STAGE]);
  for (const recorded of [null, undefined, {}, { stages: 'quick' }]) {
    expect(stagesOf(recorded)).toEqual([]);
  }
});

test('what is undefined is not recorded and changes no hash', () => {
  const odd = { ...defaultRule(), bound: undefined } as unknown as SampledRule;
  expect(ruleRecord(odd)).toEqual(ruleRecord(defaultRule()));
  expect(ruleHash(odd)).toBe(ruleHash(defaultRule()));
  expect(ruleHash(exactRule({ tolerance: 1, verifier: VERIFIER }))).not.toBe(ruleHash(odd));
});
