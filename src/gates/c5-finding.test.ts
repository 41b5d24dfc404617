/** What C5 says of what properties report: sentences, counts, and what a pass is worth. */
import { describe, expect, test } from 'vitest';
import type { CaseCost } from '../claims/case-plan.ts';
import { gateBench, intakeOf } from '../testing/gate-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { propertyCheck } from './c5-properties.ts';
import type {
  Intake,
  Properties,
  PropertyReport,
  PropertyRequest,
  Tier,
  Tools,
} from './contract.ts';

const never = new AbortController().signal;

describe('a finding of C5', () => {
  const FAULT = { property: 'ordered', input: [3, 1], why: 'it is not in order' };

  /** Properties that report what `of` says, of an origin that costs so much. */
  function bench(
    of: Partial<PropertyReport> = {},
    more: Partial<Tools> & { cost?: CaseCost } = {},
  ) {
    const { cost, ...over } = more;
    const clock = manualClock();
    const asked: PropertyRequest[] = [];
    const properties: Properties = {
      names: ['ordered', 'kept'],
      ...(cost ? { cost } : {}),
      close: () => undefined,
      check: async (request) => {
        asked.push(request);
        return { cases: request.cases, failures: [], ...of };
      },
    };
    const tools = gateBench({ clock, properties, ...over });
    const judge = (intake: Partial<Intake> = {}) =>
      propertyCheck.judge(intakeOf(intake), tools, never);
    return { judge, asked };
  }

  test('tells the first failure, and how many more there are', async () => {
    const one = await bench({ failures: [FAULT] }).judge();
    expect(one).toMatchObject({ verdict: 'fail', suspicion: 1, cases: 3000 });
    expect(one.why).toBe('It breaks "ordered" on the input [3,1]: it is not in order.');
    const three = await bench({ failures: [FAULT, FAULT, FAULT] }).judge();
    expect(three.why).toBe(
      'It breaks "ordered" on the input [3,1]: it is not in order. It breaks 2 other properties too.',
    );
    const ended = { ...FAULT, why: 'It ended with exit code 0.' };
    expect((await bench({ failures: [ended] }).judge()).why).toMatch(
      /: It ended with exit code 0\.$/,
    );
    expect(three.evidence).toMatchObject({
      asked: 3000,
      cases: 3000,
      names: ['ordered', 'kept'],
      failures: [FAULT, FAULT, FAULT],
      suspicions: [],
    });
  });

  test('without a verdict says why, and nothing that was tried is no pass', async () => {
    expect(await bench({ trouble: 'It took too long', cases: 7 }).judge()).toMatchObject({
      verdict: 'inconclusive',
      why: 'It took too long.',
      suspicion: 0.5,
      cases: 7,
    });
    expect(await bench({ cases: 0 }).judge()).toMatchObject({
      verdict: 'inconclusive',
      why: 'Not one case could be tried.',
    });
    const { properties: _, ...without } = gateBench();
    expect(await propertyCheck.judge(intakeOf(), without, never)).toEqual({
      verdict: 'inconclusive',
      why: 'The properties of the declaration are not there.',
      evidence: null,
      cases: 0,
    });
  });

  test('that passes says what it is worth, and what nobody confirmed', async () => {
    const suspicions = ['range', 'whole'].map((property) => ({ ...FAULT, property }));
    expect(await bench({ suspicions, cases: 1500 }).judge()).toMatchObject({
      verdict: 'pass',
      suspicion: 0.5,
      completeness: 0.5,
      why: 'No failure in 1500 cases of each of 2 properties: the rate is at most 0.20 % (95 %); as many as the time of the origin allows, so a fault in fewer inputs may be missed; how many planted faults they notice is measured by deep audits; it does not do as the origin in "range", "whole", which nobody confirmed.',
    });
    expect(await bench().judge()).toMatchObject({ suspicion: 0, completeness: 1 });
  });

  test('of an audit is worth nothing where no faults can be planted, or too few are noticed', async () => {
    const none = await bench().judge({ tier: 'deep' });
    expect(none).toMatchObject({ verdict: 'pass', cases: 30_000, completeness: 0 });
    expect(none.why).toMatch(
      /; below 80 % they do not count as verification, and no faults could be planted to see what they notice\.$/,
    );
    const planted = () => [{ text: 'one', what: 'fault one' }];
    const blind = await bench({ differs: 5 }, { mutants: planted }).judge({ tier: 'deep' });
    expect(blind).toMatchObject({ verdict: 'pass', completeness: 0 });
    expect(blind.why).toMatch(/; below 80 % they do not count as verification, and 0 of 1 planted/);
    const noticing: Properties = {
      names: ['ordered'],
      close: () => undefined,
      check: async ({ candidate: { text }, cases }) => ({
        cases,
        failures: text === 'one' ? [FAULT] : [],
      }),
    };
    const seen = await bench({}, { mutants: planted, properties: noticing }).judge({
      tier: 'deep',
    });
    expect(seen).toMatchObject({ verdict: 'pass', completeness: 1 });
    expect(seen.why).toMatch(/\(95 %\); 1 of 1 planted faults that show were noticed/);
  });

  test('rests on as many cases as its time buys of the origin, and none of them is for what they cost', async () => {
    const casesOf = async (
      callMs: number,
      { tier = 'deep', ...more }: Partial<Tools> & { tier?: Tier } = {},
    ) => {
      const cost = { callMs, calls: 1, extra: 0, few: 300 };
      const { judge, asked } = bench({}, { ...more, cost });
      await judge({ tier });
      return asked.map(({ candidate: { text }, cases }) => [text, cases]);
    };
    const of = (cases: number) => [['candidate', cases]];
    expect(await casesOf(2, { tier: 'floor' })).toEqual(of(3000));
    expect(await casesOf(10, { tier: 'floor' })).toEqual(of(600));
    expect(await casesOf(1e6, { tier: 'floor' })).toEqual(of(99));
    // An audit never asks less than the floor did, nor more than a minute of the origin's.
    expect(await casesOf(2)).toEqual(of(30_000));
    expect(await casesOf(10)).toEqual(of(6000));
    const bought = (mostCpuMs: number) => casesOf(2, { mostCpuMs });
    expect(await bought(20_000)).toEqual(of(10_000));
    expect(await bought(1)).toEqual(of(3000));
    expect(await bought(1e9)).toEqual(of(30_000));
  });

  test('draws its cases from the ticket', async () => {
    const seeds = async (ticket: string) => {
      const { judge, asked } = bench({}, { mostCpuMs: 1000 });
      await judge({ ticket });
      return asked.map(({ seed }) => seed);
    };
    const [a, again, b] = [await seeds('a'), await seeds('a'), await seeds('b')];
    expect(a).toEqual(again);
    expect(new Set([...a, ...b]).size).toBe(2);
  });
});
