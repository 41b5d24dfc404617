/** C3 where few cases are lost badly; pairs in an order that nobody foresees; and C6's scores. */
import { describe, expect, test } from 'vitest';
import type { CaseResult, MeasureRequest } from '../evaluators/contract.ts';
import { candidateOf, DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { nonInferiorityCheck } from './c3-non-inferiority.ts';
import type { Tier, Tools } from './contract.ts';
import { isLeaning, isMemory, scoredCases } from './memory/scored.ts';
import { measuredPairs, secretCases, sound } from './paired.ts';

const { signal } = new AbortController();

describe('bad losses', () => {
  /** Equal but for the sixth case that is asked of it and those after, which it loses or gains by far. */
  const judged = (...far: readonly number[]) => {
    const seen = new Map<number, number>();
    const candidate = (seed: number) => {
      const at = seen.get(seed) ?? seen.size;
      seen.set(seed, at);
      return 10 + (seed % 7) / 7 + (far[at - 5] ?? 0);
    };
    const programs = { candidate, incumbent: (seed: number) => 10 + (seed % 7) / 7 };
    return nonInferiorityCheck.judge(intakeOf(), gateBench({ programs }), signal);
  };

  test('none is no suspicion, one raises it and asks for more cases, two may be chance, three fail', async () => {
    expect(await judged()).toMatchObject({ verdict: 'pass', suspicion: 0, cases: 32 });
    expect(await judged(-100)).toMatchObject({ verdict: 'pass', suspicion: 0.7, cases: 64 });
    expect(await judged(-100, -100)).toMatchObject({ verdict: 'inconclusive', suspicion: 0.9 });
    const three = await judged(-100, -100, -100);
    expect(three).toMatchObject({ verdict: 'fail', suspicion: 1 });
    expect(three.why).toMatch(/loses by more than 10 σ, and does not gain as much as often/);
  });

  test('each gain of that size excuses some', async () => {
    expect(await judged(-100, -100, -100, 100)).toMatchObject({ verdict: 'pass', suspicion: 0 });
    expect(await judged(-1, -1, -1)).toMatchObject({ verdict: 'pass', suspicion: 0 });
  });

  test('what was tested stands in the evidence', async () => {
    const { evidence } = await judged(-100);
    expect(evidence).toMatchObject({
      alpha: 0.05,
      bad: 1,
      tests: [{ name: 'the objective', bound: null, verdict: 'passed' }],
    });
    const { outcomes, values } = evidence as unknown as { outcomes: string[]; values: number[] };
    expect([outcomes.length, values.length]).toEqual([64, 64]);
    expect(new Set(outcomes)).toEqual(new Set(['scored']));
  });
});

describe('pairs', () => {
  const candidate = candidateOf('candidate');
  const incumbent = candidateOf('incumbent');
  const cases = [1, 2, 3, 4];

  async function measured(coins: readonly boolean[], declaration: Partial<typeof DECLARATION>) {
    const asked: MeasureRequest[] = [];
    const tools = gateBench({
      programs: { candidate: (seed) => seed, incumbent: (seed) => -seed },
      declaration: { ...DECLARATION, ...declaration },
    });
    let at = 0;
    const pairs = await measuredPairs(
      {
        ...tools,
        measure: (requests, until) => {
          asked.push(...requests);
          return tools.measure(requests, until);
        },
      },
      { candidate, incumbent, cases, coin: () => coins[at++] ?? false },
      signal,
    );
    const values = pairs.map(({ ours, theirs }) =>
      [ours, theirs].map((one) => (one.outcome === 'scored' ? one.value : one.outcome)),
    );
    return { values, who: asked.map(({ candidate: { text }, cases: of }) => [text, of.length]) };
  }
  const EACH = cases.map((one) => [one, -one]);

  test('of what repeats itself are measured side by side', async () => {
    const { values, who } = await measured([], {});
    expect(values).toEqual(EACH);
    expect(who).toEqual([
      ['candidate', 4],
      ['incumbent', 4],
    ]);
  });

  test.each([[{ isDeterministic: false }], [{ isTimed: true }]])(
    'of what does not, case by case, who goes first by a coin: %o',
    async (declaration) => {
      const { values, who } = await measured([true, false, true, false], declaration);
      expect(values).toEqual(EACH);
      const order = ['candidate', 'incumbent', 'incumbent', 'candidate'];
      expect(who).toEqual([...order, ...order].map((name) => [name, 1]));
    },
  );

  test('of which one side has no result are spoiled, and both ended with what they are', async () => {
    const scored = { outcome: 'scored', value: 1 } as const;
    const short: Tools['measure'] = async (requests) =>
      requests.slice(1).map(() => ({ cases: [scored], cpuMs: 1 }));
    const asked = { candidate, incumbent, cases, coin: () => true };
    const noisy = { ...DECLARATION, isDeterministic: false };
    await expect(
      measuredPairs({ measure: short, declaration: noisy }, asked, signal),
    ).rejects.toMatchObject({
      code: 'INFRASTRUCTURE',
      message:
        'A secret case could not be measured: no result came. See that the machine is well, then ask for the verdict again.',
    });
    const nobody: Tools['measure'] = async () => [];
    await expect(
      measuredPairs({ measure: nobody, declaration: DECLARATION }, asked, signal),
    ).rejects.toThrow(/no result came/);
  });

  test('that are missing or spoiled are nobody’s result', () => {
    expect(() => sound(undefined)).toThrow(/could not be measured: no result came/);
    const spoiled: CaseResult = { outcome: 'infra-error', message: 'disk full' };
    expect(() => sound(spoiled)).toThrow(/disk full/);
    const crashed: CaseResult = { outcome: 'crashed', message: '' };
    expect(sound(crashed)).toBe(crashed);
  });

  test('have cases of their own for each ticket, check and purpose, whatever was drawn before', () => {
    const { secrets } = gateBench();
    const of = { ticket: 't', check: 'C3', purpose: 'pairs' } as const;
    const all = secretCases(secrets, of, { from: 0, count: 8 });
    expect(secretCases(secrets, of, { from: 3, count: 5 })).toEqual(all.slice(3));
    for (const other of [
      { ...of, ticket: 'u' },
      { ...of, check: 'C1' as const },
      { ...of, purpose: 'sigma' },
    ]) {
      const drawn = secretCases(secrets, other, { from: 0, count: 8 });
      expect(drawn.some((one) => all.includes(one))).toBe(false);
    }
  });

  test('of C3 begin with either, as a coin falls', async () => {
    const firsts: string[] = [];
    const tools = gateBench({
      programs: { candidate: () => 1, incumbent: () => 1 },
      declaration: { ...DECLARATION, isDeterministic: false },
    });
    const heard: typeof tools = {
      ...tools,
      measure: (requests, until) => {
        if (requests.length > 1) {
          firsts.push(...requests.filter((_, i) => i % 2 === 0).map((one) => one.candidate.text));
        }
        return tools.measure(requests, until);
      },
    };
    for (const ticket of ['a', 'b', 'c', 'd']) {
      await nonInferiorityCheck.judge(intakeOf({ ticket }), heard, signal);
    }
    const ours = firsts.filter((one) => one === 'candidate').length;
    expect(firsts.length).toBeGreaterThanOrEqual(48);
    expect(ours / firsts.length).toBeGreaterThan(0.25);
    expect(ours / firsts.length).toBeLessThan(0.75);
  });
});

describe('scores of seen cases against fresh ones', () => {
  /** The search has seen cases 0 to 31. */
  const isSeen = (seed: number): boolean => seed < 32;

  async function scored(
    score: (seed: number) => CaseResult | number,
    over: Parameters<typeof gateBench>[0] = {},
  ) {
    const tools = gateBench({ programs: { candidate: score, incumbent: () => 1 }, ...over });
    return scoredCases(intakeOf(), tools, signal);
  }

  test('are better on all that was seen alone: a memory', async () => {
    const found = await scored((seed) => (isSeen(seed) ? 2 : 1));
    expect(found).toMatchObject({ seen: 32, fresh: 32, better: { seen: 32, fresh: 0 } });
    expect(found).not.toHaveProperty('trouble');
    expect([isMemory(found), isLeaning(found)]).toEqual([true, false]);
    const min = { declaration: { ...DECLARATION, goal: 'min' as const } };
    expect((await scored((seed) => (isSeen(seed) ? 2 : 1), min)).better.seen).toBe(0);
  });

  test('are better everywhere, or nowhere: none', async () => {
    for (const value of [2, 1, 0]) {
      const found = await scored(() => value);
      expect(found.better).toEqual(value > 1 ? { seen: 32, fresh: 32 } : { seen: 0, fresh: 0 });
      expect([isMemory(found), isLeaning(found)]).toEqual([false, false]);
    }
  });

  test('with a gain elsewhere too, but less: leaning', async () => {
    const found = await scored((seed) =>
      isSeen(seed) ? 2 : seed % 10 < 5 ? 2 : seed % 10 < 6 ? 0 : 1,
    );
    expect([isMemory(found), isLeaning(found)]).toEqual([false, true]);
  });

  test('a score where the incumbent has none is better, none where it has one is worse', async () => {
    const crashed: CaseResult = { outcome: 'crashed', message: '' };
    const none = { programs: { candidate: () => 1, incumbent: () => crashed } };
    expect((await scored(() => 1, none)).better).toEqual({ seen: 32, fresh: 32 });
    expect(await scored(() => crashed)).toMatchObject({ seen: 32, better: { seen: 0, fresh: 0 } });
    const both = { programs: { candidate: () => crashed, incumbent: () => crashed } };
    const silent = await scored(() => 1, both);
    expect(silent.trouble).toMatch(/too few cases/);
    expect(isMemory({ ...silent, p: 0 })).toBe(false);
  });

  test('lost to the machine on more than a fifth say nothing', async () => {
    const lost: CaseResult = { outcome: 'infra-error', message: '' };
    const losing = (share: number) => (seed: number) =>
      seed % 10 < share ? lost : isSeen(seed) ? 2 : 1;
    expect((await scored(losing(5))).trouble).toMatch(/too many cases have no score/);
    expect(await scored(losing(1))).not.toHaveProperty('trouble');
  });

  test('take no more evaluations than an audit may, each case four times, and need two seen ones', async () => {
    expect(await scored(() => 1, { mostEvals: 40 })).toMatchObject({ seen: 10, fresh: 10 });
    const one = await scored(() => 1, { visibleCases: () => [3] });
    expect(one).toMatchObject({ seen: 0, p: 1, trouble: expect.stringMatching(/fewer than two/) });
    const few = await scored(() => 1, { visibleCases: () => [3, 4] });
    expect(few).toMatchObject({ seen: 2, fresh: 48 });
  });

  test('are measured of both sides at once, after two of the incumbent that say what they cost', async () => {
    const asked: [string, number][] = [];
    const tools = gateBench({ programs: { candidate: () => 1, incumbent: () => 1 } });
    const heard = {
      ...tools,
      measure: (requests: readonly MeasureRequest[], until: AbortSignal) => {
        asked.push(
          ...requests.map(
            ({ candidate, cases }) => [candidate.text, cases.length] as [string, number],
          ),
        );
        return tools.measure(requests, until);
      },
    };
    await scoredCases(intakeOf(), heard, signal);
    expect(asked).toEqual([
      ['incumbent', 2],
      ['incumbent', 64],
      ['candidate', 64],
    ]);
  });

  test('are as many as their time buys, the newest of those that were seen', async () => {
    const priced = (cpuMs: number, over: Partial<Tools> = {}, tier: Tier = 'floor') => {
      const asked: number[][] = [];
      const tools = gateBench({
        visibleCases: (count) => Array.from({ length: Math.min(count, 300) }, (_, at) => at),
        measure: async (requests) =>
          requests.map(({ cases }) => {
            asked.push([...cases]);
            const scored = { outcome: 'scored', value: 1 } as const;
            return { cases: cases.map(() => scored), cpuMs: cpuMs * cases.length };
          }),
        ...over,
      });
      return scoredCases(intakeOf({ tier }), tools, signal).then((found) => ({ found, asked }));
    };
    // Half of 400 ms.
    const ten = await priced(10);
    expect(ten.found).toMatchObject({ seen: 20, fresh: 20 });
    expect(ten.asked[1]?.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => 12 + i));
    expect((await priced(1000)).found).toMatchObject({ seen: 12, fresh: 12 });
    expect((await priced(0)).found).toMatchObject({ seen: 32, fresh: 32 });
    expect((await priced(0, {}, 'deep')).found).toMatchObject({ seen: 200, fresh: 200 });
    // A quarter of what an audit may take.
    expect((await priced(10, { mostCpuMs: 600 })).found).toMatchObject({ seen: 15, fresh: 15 });
    const few = await priced(0, { visibleCases: () => [1, 2, 3, 4, 5, 6, 7] });
    expect(few.found).toMatchObject({ seen: 7, fresh: 48 });
    const eight = await priced(0, { visibleCases: () => [1, 2, 3, 4, 5, 6, 7, 8] });
    expect(eight.found).toMatchObject({ seen: 8, fresh: 32 });
  });

  test('that are equal are neither, and a gain on fresh ones has to be more than chance', async () => {
    const half = await scored((seed) => (seed % 2 === 0 ? 2 : 0));
    expect(half.better.seen).toBe(16);
    expect(half.gainP).toBeGreaterThan(0.05);
    expect((await scored(() => 2)).gainP).toBeLessThan(1e-6);
    expect((await scored(() => 0)).gainP).toBeCloseTo(1, 6);
    expect(isMemory({ ...half, p: 0.001, gainP: 1 })).toBe(false);
    expect(isMemory({ ...half, p: 0.0009, gainP: 0.05 })).toBe(true);
    expect(isMemory({ ...half, p: 0.0009, gainP: 0.049 })).toBe(false);
    expect(isLeaning({ ...half, p: 0.0009, gainP: 0.049 })).toBe(true);
    expect(isLeaning({ ...half, p: 0.0009, gainP: 0.05 })).toBe(false);
    expect(isLeaning({ ...half, p: 0.001, gainP: 0 })).toBe(false);
  });
});
