/** How many planted faults properties notice: what kills one, what survives, what nobody can tell, and what C9 says. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { candidateOf, DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { adequacyOf, adequacyWords, isAdequate, killRates } from './adequacy.ts';
import { mutationCheck } from './c9-mutation.ts';
import type { Declaration, PropertyReport, PropertyRequest, Tools } from './contract.ts';

const never = new AbortController().signal;
const program = candidateOf('program');

interface Planted {
  /** Mutants by name, and what the properties report of each; asked for the second time with more cases. */
  readonly mutants: Readonly<Record<string, Partial<PropertyReport> | 'broken'>>;
  readonly more?: Partial<PropertyReport>;
  readonly score?: (text: string) => CaseResult | number;
  readonly declaration?: Partial<Declaration>;
}

function planted({ mutants, more = {}, score, declaration }: Planted) {
  const asked: PropertyRequest[] = [];
  const properties = {
    names: ['holds'],
    check: async (request: PropertyRequest): Promise<PropertyReport> => {
      asked.push(request);
      const said = mutants[request.candidate.text] ?? {};
      if (said === 'broken') throw new Error('no jail');
      const again = request.cases > 300 ? more : {};
      return { cases: request.cases, failures: [], ...said, ...again };
    },
    close: () => undefined,
  };
  const names = Object.keys(mutants);
  const result = (text: string): CaseResult => {
    const value = score?.(text) ?? 1;
    return typeof value === 'number' ? { outcome: 'scored', value } : value;
  };
  const tools: Tools = gateBench({
    properties,
    mutants: () => names.map((text) => ({ text, what: `${text}, line 1` })),
    measure: async (requests) =>
      requests.map(({ candidate, cases }) => ({
        cases: cases.map(() => result(candidate.text)),
        cpuMs: 1,
      })),
    declaration: { ...DECLARATION, isCallable: true, properties: ['holds'], ...declaration },
  });
  return { tools, asked, of: () => adequacyOf(tools, { program, tier: 'floor' }, never) };
}
const FAILS: Partial<PropertyReport> = {
  failures: [{ property: 'holds', input: 1, why: 'it does not' }],
};

describe('a planted fault', () => {
  test('is noticed by a property, or by a worse score; what is left shows or is alike', async () => {
    const { of, asked } = planted({
      mutants: { failing: FAILS, worse: {}, showing: { differs: 7 }, alike: { differs: 0 } },
      score: (text) => (text === 'worse' ? 0 : 1),
    });
    const found = await of();
    expect(found).toMatchObject({
      mutants: 4,
      killed: 2,
      by: { properties: 1, time: 0, score: 1 },
      cases: 300,
    });
    expect(found?.survivors.toSorted((a, b) => a.differs - b.differs)).toEqual([
      { what: 'alike, line 1', differs: 0 },
      { what: 'showing, line 1', differs: 7 },
    ]);
    // Of 3 that show 2: Wilson, 95 %.
    expect(found?.interval[0]).toBeCloseTo(0.2077, 4);
    expect(asked[0]).toMatchObject({ candidate: program, cases: 300, isQuick: true });
    expect(asked.map(({ candidate }) => candidate.id)).toContain(sha256('failing'));
  });

  test('that shows nothing is tried on ten times as many inputs, others than before', async () => {
    const later = planted({ mutants: { alike: {} }, more: FAILS });
    expect(await later.of()).toMatchObject({ killed: 1, by: { properties: 1 } });
    const [first, second] = later.asked.slice(1);
    expect(second?.cases).toBe(3000);
    expect(second?.seed).not.toBe(first?.seed);
    const seen = await planted({ mutants: { alike: {} }, more: { differs: 3 } }).of();
    expect(seen?.survivors).toEqual([{ what: 'alike, line 1', differs: 3 }]);
    const { of, asked } = planted({ mutants: { showing: { differs: 1 } } });
    await of();
    expect(asked).toHaveLength(2);
  });

  const scored = async (of: Omit<Planted, 'mutants'>) =>
    (await planted({ mutants: { one: {} }, ...of }).of())?.by.score;
  const ofMutant =
    (result: CaseResult | number) =>
    (text: string): CaseResult | number =>
      text === 'one' ? result : 1;

  test('has a worse score where it is lower, or higher where less is better, or none', async () => {
    expect(await scored({ score: ofMutant(0.9) })).toBe(1);
    expect(await scored({ score: ofMutant(1.1) })).toBe(0);
    expect(await scored({ score: ofMutant(1) })).toBe(0);
    expect(await scored({ score: ofMutant(1.1), declaration: { goal: 'min' } })).toBe(1);
    expect(await scored({ score: ofMutant(0), declaration: { isExact: true } })).toBe(1);
    expect(await scored({ score: ofMutant({ outcome: 'crashed', message: '' }) })).toBe(1);
  });

  test('has no worse score where the machine failed, the program has none, or it is a time', async () => {
    expect(await scored({ score: ofMutant({ outcome: 'infra-error', message: '' }) })).toBe(0);
    expect(await scored({ score: () => ({ outcome: 'crashed', message: '' }) })).toBe(0);
    expect(await scored({ score: ofMutant(0), declaration: { isTimed: true } })).toBe(0);
  });

  test('has no worse score where the loss may be chance', async () => {
    let turn = 0;
    const scatter = (text: string) => (text === 'one' ? (turn++ % 2) * 10 - 5.5 : 1);
    expect(await scored({ score: scatter })).toBe(0);
  });
});

describe('a measurement', () => {
  test('is of a sample of many, the same for one program, and made once', async () => {
    const mutants = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`m${i}`, FAILS]));
    const { of, asked } = planted({ mutants });
    const found = await of();
    expect(found).toMatchObject({ mutants: 40, killed: 40 });
    expect(await of()).toEqual(found);
    expect(asked).toHaveLength(41);
    const other = planted({ mutants });
    await other.of();
    expect(other.asked.map(({ candidate }) => candidate.text)).toEqual(
      asked.map(({ candidate }) => candidate.text),
    );
    expect(new Set(asked.map(({ candidate }) => candidate.id)).size).toBe(41);
  });

  test('that was broken off is made again', async () => {
    const mutants: Record<string, Partial<PropertyReport> | 'broken'> = { one: 'broken' };
    const { of } = planted({ mutants });
    await expect(of()).rejects.toThrow('no jail');
    mutants['one'] = FAILS;
    expect(await of()).toMatchObject({ killed: 1 });
  });

  test('is none without properties, or without anybody who plants', async () => {
    const { tools } = planted({ mutants: { one: FAILS } });
    const { properties: _p, ...unlooked } = tools;
    const { mutants: _m, ...unplanted } = tools;
    const asked = { program, tier: 'floor' } as const;
    expect(await adequacyOf(unlooked, asked, never)).toBeUndefined();
    expect(await adequacyOf(unplanted, asked, never)).toBeUndefined();
  });
});

describe('a rate', () => {
  const of = (killed: number, showing: number, alike: number) => {
    const survivor = (differs: number) => ({ what: 'x', differs });
    return {
      mutants: killed + showing + alike,
      untried: 0,
      killed,
      by: { properties: killed, time: 0, score: 0 },
      interval: [0.5, 0.9] as const,
      survivors: [
        ...Array.from({ length: showing }, () => survivor(1)),
        ...Array.from({ length: alike }, () => survivor(0)),
      ],
      cases: 300,
      seed: 1,
    };
  };

  test('leaves out what nobody can tell from the program, unless that is most of it', () => {
    expect(killRates(of(8, 2, 0))).toEqual({ differing: 0.8, all: 0.8 });
    expect(killRates(of(6, 0, 4))).toEqual({ differing: 1, all: 0.6 });
    expect(killRates(of(0, 0, 0))).toEqual({ differing: 0, all: 0 });
    const enough = [of(8, 2, 0), of(6, 0, 4), of(79, 21, 0), of(59, 0, 41), of(0, 0, 3)];
    expect(enough.map(isAdequate)).toEqual([true, true, false, false, false]);
  });

  test('is told with both counts and its bounds', () => {
    expect(adequacyWords(of(8, 2, 0))).toBe(
      '8 of 10 planted faults that show were noticed (95 %: 50 % to 90 %)',
    );
    expect(adequacyWords(of(6, 0, 4))).toMatch(
      /^6 of 6 planted .*; 4 more of 10 survived or are equivalent: no input told them apart$/,
    );
  });
});

describe('C9', () => {
  const judged = (of: Planted) =>
    mutationCheck.judge(intakeOf({ origin: program }), planted(of).tools, never);

  test('passes whatever the rate, and says what the properties are worth', async () => {
    const good = await judged({ mutants: { one: FAILS } });
    expect(good).toMatchObject({ verdict: 'pass', completeness: 1, cases: 1 });
    expect(good.why).toMatch(/^The properties count as verification: 1 of 1/);
    expect(good.evidence).toMatchObject({
      rates: { differing: 1, all: 1 },
      least: 0.8,
      program: program.id,
    });
    const poor = await judged({ mutants: { one: { differs: 9 } } });
    expect(poor).toMatchObject({ verdict: 'pass', completeness: 0 });
    expect(poor.why).toMatch(/^Below 80 % the properties do not count as verification: 0 of 1/);
  });

  test('says where no fault can be planted, and does not apply without properties', async () => {
    expect(await judged({ mutants: {} })).toMatchObject({
      verdict: 'pass',
      completeness: 0,
      cases: 0,
    });
    const task = { ...DECLARATION, isCallable: true, properties: ['holds'] };
    expect(mutationCheck.inapplicable(task)).toBeUndefined();
    expect(mutationCheck.inapplicable({ ...task, properties: [] })).toMatch(/no properties/);
    expect(mutationCheck.inapplicable({ ...task, isCallable: false })).toMatch(/no properties/);
  });
});
