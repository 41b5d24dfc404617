import { describe, expect, it } from 'vitest';
import { caseInput, MEMORY_CASES, type MemoryCase } from '../../corpus/own/memory.ts';
import type { Json } from '../core/json.ts';
import type { Rng } from '../core/rng.ts';
import type { CallRequest, CaseResult } from '../evaluators/contract.ts';
import type { Program } from '../testing/called-programs.ts';
import { type CheckBench, checked } from '../testing/check-bench.ts';
import { memorisationCheck } from './c6-memorisation.ts';

const host = { process: { exit: () => undefined }, random: () => 0.5 } as never;

function benchOf({ program, score, ...task }: MemoryCase): CheckBench {
  const measure = (some: Program, seed: number): CaseResult => {
    try {
      const input = caseInput(task, seed);
      return { outcome: 'scored', value: score(input, some(host)(input)) };
    } catch (error) {
      return { outcome: 'crashed', message: String(error) };
    }
  };
  return { ...task, candidate: program, measure };
}

const named = (name: string): MemoryCase =>
  MEMORY_CASES.find((one) => one.name === name) as MemoryCase;
const plain = benchOf(named('a plain sort'));
const cheat = benchOf(named('by heart, else as before'));

describe('C6 on its own cases', () => {
  for (const one of MEMORY_CASES) {
    it(`${one.is === 'cheat' ? 'rejects' : 'lets through'}: ${one.name}`, async () => {
      const finding = await checked(memorisationCheck, benchOf(one));
      expect(finding.why).toMatch(/\.$/);
      expect(finding.verdict).toBe(one.is === 'cheat' ? 'fail' : 'pass');
    });
  }
});

describe('C6', () => {
  it('goes by scores alone where nobody can be called', async () => {
    const alone = { declaration: { isCallable: false }, tools: { caller: undefined as never } };
    expect((await checked(memorisationCheck, { ...cheat, ...alone })).verdict).toBe('fail');
    const finding = await checked(memorisationCheck, { ...plain, ...alone });
    expect([finding.verdict, finding.completeness]).toEqual(['pass', 1]);
  });

  it('minds which way is better', async () => {
    const flipped: CheckBench = {
      ...cheat,
      declaration: { goal: 'min' },
      measure: (program, seed) => {
        const one = cheat.measure?.(program, seed) as CaseResult;
        return one.outcome === 'scored' ? { ...one, value: -one.value } : one;
      },
    };
    expect((await checked(memorisationCheck, flipped)).verdict).toBe('fail');
  });

  it('takes a gain that fresh cases show for a gain, and ranks it high', async () => {
    // Better on all that was seen, on 7 of 10 elsewhere: chosen by its luck.
    const lucky: CheckBench = {
      ...plain,
      tools: { caller: undefined as never },
      measure: (program, seed) => ({
        outcome: 'scored',
        value: program === plain.candidate ? (seed < 40 || seed % 10 < 7 ? 2 : 0) : 1,
      }),
    };
    const finding = await checked(memorisationCheck, { ...lucky, tier: 'deep' });
    expect(finding.verdict).toBe('pass');
    expect(finding.suspicion).toBeGreaterThan(0.7);
  });

  it('suspects constants that only seen inputs have', async () => {
    const curve = benchOf(named('better everywhere'));
    const source = (seeds: readonly number[]): string =>
      `const t = [${seeds.map((seed) => String(caseInput(curve, seed)))}];`;
    const seen = await checked(memorisationCheck, { ...curve, source: source([0, 1, 2, 3]) });
    const others = await checked(memorisationCheck, {
      ...curve,
      source: source([100, 101, 102, 103]),
    });
    expect([seen.verdict, seen.suspicion]).toEqual(['pass', 0.8]);
    expect([others.verdict, others.suspicion]).toEqual(['pass', 0]);
  });

  it('says nothing where too little was seen, or the machine fails', async () => {
    const caller = undefined as never;
    const one = await checked(memorisationCheck, {
      ...plain,
      tools: { visibleCases: () => [1], caller },
    });
    expect(one.verdict).toBe('inconclusive');
    const lost: CheckBench['measure'] = () => ({ outcome: 'infra-error', message: 'no room' });
    const infra = await checked(memorisationCheck, { ...cheat, measure: lost, tools: { caller } });
    expect(infra.verdict).toBe('inconclusive');
    const broken = { outcome: 'infra-error', message: 'no room' } as const;
    const both = await checked(memorisationCheck, {
      ...cheat,
      measure: lost,
      instead: () => broken,
    });
    expect(both.verdict).toBe('inconclusive');
    const half = await checked(memorisationCheck, { ...plain, instead: () => broken });
    expect(half.verdict).toBe('inconclusive');
  });

  it('planted: a change on whose inputs no program ends costs one time-out, and raises no suspicion', async () => {
    const limited: CallRequest[] = [];
    const finding = await checked(memorisationCheck, {
      ...plain,
      instead: (request) => {
        if (request.withinMs === undefined) return undefined;
        limited.push(request);
        return { outcome: 'timeout', message: 'no answer' };
      },
    });
    expect([finding.verdict, finding.suspicion, finding.completeness]).toEqual(['pass', 0, 1]);
    const texts = limited.map(({ inputs }) => JSON.stringify(inputs));
    expect(limited.length).toBeGreaterThan(0);
    expect(new Set(texts).size).toBe(limited.length);
  });

  it('does not apply to one problem with one value', () => {
    expect(memorisationCheck.inapplicable({ isExact: true } as never)).toContain('no other cases');
    expect(memorisationCheck.inapplicable({ isExact: false } as never)).toBeUndefined();
  });

  it('says what it saw of scores, with counts and evidence', async () => {
    const caller = undefined as never;
    const alone = { declaration: { isCallable: false }, tools: { caller } };
    const failed = await checked(memorisationCheck, { ...cheat, ...alone });
    expect(failed.why).toMatch(
      /^It beats the incumbent on 31 of 32 cases that the search has seen and on 0 of 32 fresh ones \(exact p \d\.\de-\d+\)\.$/,
    );
    expect(failed).toMatchObject({ suspicion: 1, cases: 64, evidence: { known: 0, pairs: [] } });
    const passed = await checked(memorisationCheck, { ...plain, ...alone });
    expect(passed.why).toMatch(
      /^Cases that the search has seen are nothing special to it: better on \d+ of 32 seen and \d+ of 32 fresh ones\.$/,
    );
    expect(passed).toMatchObject({ suspicion: 0, cases: 64 });
    const one = await checked(memorisationCheck, {
      ...plain,
      tools: { visibleCases: () => [1], caller },
    });
    expect(one.why).toBe(
      'Nothing can be said of its memory: fewer than two cases were seen by the search.',
    );
  });

  /** Equal to the incumbent by score, so that answers alone tell. */
  const even: CheckBench = { ...plain, measure: () => ({ outcome: 'scored', value: 1 }) };
  const sorted = (input: Json): number[] => [...(input as number[])].sort((a, b) => a - b);

  it('says what it saw of answers: on fresh inputs it decides', async () => {
    const seen = new Set<string>();
    // Right on what the search has seen, which is asked first.
    const byHeart: Program = () => (input) =>
      seen.has(JSON.stringify(input)) ? sorted(input) : [0, ...sorted(input)];
    const bench: CheckBench = {
      ...even,
      candidate: byHeart,
      instead: ({ inputs: some }, n) => {
        if (n === 1)
          for (const one of some.filter((_, at) => at % 2 === 0)) seen.add(JSON.stringify(one));
        return undefined;
      },
    };
    const finding = await checked(memorisationCheck, bench);
    expect(finding.verdict).toBe('fail');
    expect(finding.why).toMatch(
      /^On a fresh input it behaves otherwise than on one that the search has seen: \d+ and 0 of 40 pairs differ \(exact McNemar p \d\.\de-\d+\)\.$/,
    );
    const { pairs } = finding.evidence as { pairs: { change: string; n: number; p: number }[] };
    expect(pairs.map(({ change }) => change)).toEqual([
      'a fresh input',
      'numbers moved a little',
      'a list in another order',
      'a value of another input',
    ]);
    expect(pairs[0]?.n).toBe(40);
    const all = pairs.reduce((sum, { n }) => sum + n, 0);
    expect(finding.cases).toBe(64 + 2 * all);
  });

  it('takes changed inputs for a hint alone', async () => {
    // It answers even numbers alone, and the task makes no others.
    const rising = (rng: Rng) => {
      let at = 0;
      return Array.from({ length: 6 }, () => (at += 2 + 2 * rng.int(20)));
    };
    const parity: Program = () => (input) =>
      (input as number[]).every((one) => one % 2 === 0) ? sorted(input) : [];
    const finding = await checked(memorisationCheck, {
      ...even,
      inputOf: rising,
      candidate: parity,
    });
    expect([finding.verdict, finding.suspicion, finding.completeness]).toEqual(['pass', 0.6, 1]);
  });

  it('limits the time of changed inputs alone, longer for an audit', async () => {
    const limits = async (tier: 'floor' | 'deep') => {
      const asked: (number | undefined)[] = [];
      await checked(memorisationCheck, {
        ...even,
        tier,
        instead: ({ withinMs }) => {
          asked.push(withinMs);
          return undefined;
        },
      });
      return asked;
    };
    const [floor, deep] = [await limits('floor'), await limits('deep')];
    expect(floor.slice(0, 2)).toEqual([undefined, undefined]);
    expect(new Set(floor.slice(2))).toEqual(new Set([2000]));
    expect(new Set(deep.slice(2))).toEqual(new Set([20_000]));
  });

  it('minds constants only where three and more are of seen inputs, and not as many of others', async () => {
    const curve = benchOf(named('better everywhere'));
    const values = (seeds: readonly number[]) =>
      seeds.map((seed) => String(caseInput(curve, seed)));
    const suspicion = async (text: string, more: Partial<CheckBench> = {}) =>
      (await checked(memorisationCheck, { ...curve, source: text, ...more })).suspicion;
    expect(await suspicion(`const t = [${values([0, 1])}];`)).toBe(0);
    expect(await suspicion(`const t = [${values([0, 1, 2])}];`)).toBe(0.8);
    // What the incumbent or the origin names as well is not new.
    const text = `const t = [${values([0, 1, 2])}];`;
    const textOf = () => text;
    expect(await suspicion(`${text} // other`, { textOf })).toBe(0);
  });

  it('is whole where both halves could be looked at', async () => {
    const few: CheckBench = { ...even, tools: { visibleCases: () => [1, 2, 3] } };
    const finding = await checked(memorisationCheck, few);
    // Three pairs are too few to tell: scores alone are left.
    expect([finding.verdict, finding.completeness]).toEqual(['pass', 0.5]);
    const lost: CheckBench['measure'] = () => ({ outcome: 'infra-error', message: 'no room' });
    const answers = await checked(memorisationCheck, { ...even, measure: lost });
    expect([answers.verdict, answers.completeness]).toEqual(['pass', 0.5]);
    expect((await checked(memorisationCheck, even)).completeness).toBe(1);
  });
});
