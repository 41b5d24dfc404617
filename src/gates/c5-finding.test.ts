/** What C5 says of what properties report: sentences, counts, and what a pass is worth. */
import { describe, expect, test } from 'vitest';
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

  /** Properties that report what `of` says; the clock goes on by `tookMs` at each look. */
  function bench(
    of: Partial<PropertyReport> = {},
    more: Partial<Tools> & { tookMs?: number } = {},
  ) {
    const { tookMs = 0, ...over } = more;
    const clock = manualClock();
    const asked: PropertyRequest[] = [];
    const properties: Properties = {
      names: ['ordered', 'kept'],
      close: () => undefined,
      check: async (request) => {
        asked.push(request);
        clock.advance(tookMs);
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
    expect(one.why).toBe('It breaks ordered on the input [3,1]: it is not in order.');
    const three = await bench({ failures: [FAULT, FAULT, FAULT] }).judge();
    expect(three.why).toBe('It breaks ordered on the input [3,1]: it is not in order, and 2 more.');
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
      why: 'It took too long',
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
      why: 'No failure in 1500 cases of each of 2 properties: the rate is at most 0.20 % (95 %); how many planted faults they notice is measured by deep audits; it does not do as the origin in range, whole, which nobody confirmed.',
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

  test('rests on as many cases as its time buys of the incumbent', async () => {
    const casesOf = async (more: Partial<Tools> & { tookMs?: number }, tier: Tier = 'deep') => {
      const { judge, asked } = bench({}, more);
      await judge({ tier });
      return asked.map(({ candidate: { text }, cases }) => [text, cases]);
    };
    const floor = [['candidate', 3000]];
    expect(await casesOf({}, 'floor')).toEqual(floor);
    expect(await casesOf({})).toEqual([['candidate', 30_000]]);
    // 300 cases in 600 ms: 20 s buy 10,000.
    const price = ['incumbent', 300];
    const bought = (mostCpuMs: number) => casesOf({ mostCpuMs, tookMs: 600 });
    expect(await bought(20_000)).toEqual([price, ['candidate', 10_000]]);
    expect(await bought(1)).toEqual([price, ['candidate', 3000]]);
    expect(await bought(1e9)).toEqual([price, ['candidate', 30_000]]);
  });

  test('draws its cases from the ticket, others for what they cost', async () => {
    const seeds = async (ticket: string) => {
      const { judge, asked } = bench({}, { mostCpuMs: 1000, tookMs: 1 });
      await judge({ ticket });
      return asked.map(({ seed }) => seed);
    };
    const [a, again, b] = [await seeds('a'), await seeds('a'), await seeds('b')];
    expect(a).toEqual(again);
    expect(new Set([...a, ...b]).size).toBe(4);
  });
});
