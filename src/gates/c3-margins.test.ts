/** How C3 comes to its margin, how long it asks, and what stands in its evidence. */
import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../evaluators/contract.ts';
import { DECLARATION, gateBench, intakeOf, type Programs } from '../testing/gate-bench.ts';
import { nonInferiorityCheck } from './c3-non-inferiority.ts';
import type { Declaration, Intake, Tools } from './contract.ts';
import { secretCases } from './paired.ts';

const { signal } = new AbortController();

interface Test {
  readonly name: string;
  readonly margin: number;
  readonly bound: number | null;
  readonly verdict: string;
  readonly n: number;
  readonly logE: number;
  readonly lower: number | null;
}

async function judged(
  programs: Programs,
  declaration: Partial<Declaration> = {},
  { intake, ...over }: Partial<Tools> & { intake?: Partial<Intake> } = {},
) {
  const tools = gateBench({ programs, declaration: { ...DECLARATION, ...declaration }, ...over });
  const found = await nonInferiorityCheck.judge(intakeOf(intake), tools, signal);
  return { found, tests: (found.evidence as unknown as { tests: Test[] }).tests };
}

/** The incumbent's values on the eight cases that say how it scatters; elsewhere 10. */
function pilot(values: readonly (number | CaseResult)[]) {
  const of = { ticket: 't1', check: 'C3', purpose: 'sigma' } as const;
  const cases = secretCases(gateBench().secrets, of, { from: 0, count: 8 });
  const known = new Map(cases.map((seed, i) => [seed, values[i] ?? 10]));
  const incumbent = (seed: number): number | CaseResult => known.get(seed) ?? 10;
  return { incumbent, candidate: () => 10 };
}
const marginOf = async (values: readonly (number | CaseResult)[], declaration = {}) =>
  (await judged(pilot(values), declaration)).tests[0]?.margin;
const CRASHED: CaseResult = { outcome: 'crashed', message: '' };

describe('the margin', () => {
  test('is twice the scatter of the incumbent, by its middle half, else by its deviation', async () => {
    // Quartiles of 1 to 8 are 2.75 and 6.25; 1.349 σ between them.
    expect(await marginOf([1, 2, 3, 4, 5, 6, 7, 8])).toBeCloseTo((2 * 3.5) / 1.349, 2);
    // One of eight is another: no middle half, a deviation of 8/√8.
    expect(await marginOf([10, 10, 10, 10, 10, 10, 10, 18])).toBeCloseTo(2 * Math.sqrt(8), 12);
    expect(await marginOf([9, 11, ...Array<CaseResult>(6).fill(CRASHED)])).toBeGreaterThan(1);
  });

  test('is the least there is where nothing scatters, relative to the values', async () => {
    expect(await marginOf(Array(8).fill(10))).toBeCloseTo(2e-8, 20);
    expect(await marginOf(Array(8).fill(-500))).toBeCloseTo(1e-6, 18);
    expect(await marginOf(Array(8).fill(0.1))).toBeCloseTo(2e-9, 21);
    expect(await marginOf([10, ...Array<CaseResult>(7).fill(CRASHED)])).toBeCloseTo(2e-8, 20);
    expect(await marginOf(Array(8).fill(CRASHED))).toBeCloseTo(2e-9, 21);
  });

  test('is the declared one, or so many σ as are declared', async () => {
    const values = [10, 10, 10, 10, 10, 10, 10, 18];
    expect(await marginOf(values, { tolerance: { smallestEffect: 1 } })).toBeCloseTo(
      Math.sqrt(8),
      9,
    );
    expect(await marginOf(values, { tolerance: { smallestEffect: 1, margin: 0.25 } })).toBe(0.25);
  });

  test('of times is of their logarithms', async () => {
    const timed = { isTimed: true, goal: 'min' } as const;
    const e = Math.E;
    expect(await marginOf([10, 10, 10, 10, 10, 10, 10, 10 * e ** 8], timed)).toBeCloseTo(
      2 * Math.sqrt(8),
      9,
    );
  });
});

describe('evidence', () => {
  test('has of each test its margin, its verdict, its cases and its lower bound', async () => {
    const guards = [{ name: 'size', goal: 'min', unit: '', margin: 1 }] as const;
    const sized = (size: number) => () =>
      ({ outcome: 'scored', value: 10, others: { size } }) as const;
    const { found, tests } = await judged({ candidate: sized(5), incumbent: sized(5) }, { guards });
    expect(found).toMatchObject({
      verdict: 'pass',
      suspicion: 0,
      why: 'On 32 secret cases it is no worse than the incumbent: every lower 95 % bound is above its margin.',
      evidence: { alpha: 0.05, bad: 0, outcomes: Array(32).fill('scored') },
    });
    expect(tests.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['the objective', 'passed'],
      ['size', 'passed'],
    ]);
    for (const one of tests) {
      expect(one.bound).toBeNull();
      expect(one.lower).toBeGreaterThan(-one.margin);
      expect(one.lower).toBeLessThanOrEqual(0);
      expect(one.logE).toBeGreaterThan(Math.log(20));
    }
  });

  test('of a mean has the range, and no lower bound', async () => {
    const tolerance = { smallestEffect: 2, margin: 0.1, bound: 1 };
    const { tests } = await judged({ candidate: () => 1, incumbent: () => 1 }, { tolerance });
    expect(tests).toMatchObject([{ bound: 1, margin: 0.1, lower: null, verdict: 'passed' }]);
    const narrow = { smallestEffect: 2, margin: 1, bound: 1 };
    const { tests: centre } = await judged(
      { candidate: () => 1, incumbent: () => 1 },
      { tolerance: narrow },
    );
    expect(centre[0]?.bound).toBeNull();
  });
});

describe('a guard', () => {
  const rule = { name: 'size', unit: '', margin: 1 } as const;
  const told = (size?: number) => () =>
    ({ outcome: 'scored', value: 10, others: size === undefined ? {} : { size } }) as const;
  const verdict = async (ours?: number, theirs?: number, goal: 'min' | 'max' = 'min') => {
    const guards = [{ ...rule, goal }];
    const programs = { candidate: told(ours), incumbent: told(theirs) };
    return (await judged(programs, { guards })).found;
  };

  test('that one side does not tell is never a pass', async () => {
    expect((await verdict(undefined, 5)).verdict).toBe('inconclusive');
    const found = await verdict(5, undefined);
    expect(found).toMatchObject({ verdict: 'inconclusive', suspicion: 0.5 });
    expect(found.why).toMatch(
      /^After \d+ secret cases it is not known whether it is no worse in "size"\.$/,
    );
  });

  test('is held in its own direction', async () => {
    expect((await verdict(9, 5, 'max')).verdict).toBe('pass');
    expect((await verdict(5, 9, 'max')).why).toMatch(
      /^On \d+ secret cases "size" is worse than the incumbent's by more than its margin\.$/,
    );
    expect((await verdict(5, 9, 'min')).verdict).toBe('pass');
  });
});

describe('how long it asks', () => {
  /** At the margin itself: nobody ever knows. */
  const open = async (margin: number, more: Partial<Tools> & { intake?: Partial<Intake> } = {}) => {
    const tolerance = { smallestEffect: 2, margin, bound: 1 };
    const programs = { candidate: () => 0.5 - margin, incumbent: () => 0.5 };
    const { found } = await judged(programs, { tolerance }, more);
    expect(found.verdict).toBe('inconclusive');
    return found.cases;
  };
  /** The last it asks for at once may not fit in. */
  const expectUpTo = (cases: number, most: number) => {
    expect(cases).toBeLessThanOrEqual(most);
    expect(cases).toBeGreaterThan(0.95 * most);
  };

  test('of a mean the longer the narrower the margin is, within both ends of the tier', async () => {
    expectUpTo(await open(0.3), 64);
    const between = await open(0.06);
    expect(between).toBeGreaterThan(100);
    expect(between).toBeLessThan(240);
    expectUpTo(await open(0.001), 256);
    expectUpTo(await open(0.3, { intake: { tier: 'deep' } }), 512);
  });

  test('no longer than is paid for, and never less than the floor', async () => {
    const deep = { intake: { tier: 'deep' } } as const;
    expectUpTo(await open(0.001, { ...deep, mostEvals: 800 }), 400);
    expectUpTo(await open(0.001, { ...deep, mostEvals: 10 }), 64);
    expectUpTo(await open(0.001, { mostEvals: 301 }), 150);
  });
});
