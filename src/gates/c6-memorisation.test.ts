import { describe, expect, it } from 'vitest';
import { caseInput, MEMORY_CASES, type MemoryCase } from '../../corpus/own/memory.ts';
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
});
