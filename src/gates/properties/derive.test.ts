/** What is derived from an origin and tried on candidates, without processes: counts, limits, and what is asked when. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { AS_ORIGIN, derive, LEAST_EVIDENCE } from './derived.ts';
import { type Outputs, Subject } from './subject.ts';

const { signal } = new AbortController();

/** How many inputs were asked of it, and how many of these in a new process. */
function subjectOf(run: (input: Json) => Json) {
  const candidate = candidateOf('subject');
  const program: Program = () => run;
  const asked = { all: 0, cold: 0 };
  const caller = calledPrograms({
    programs: new Map([[candidate.id, program]]),
    inputOf: () => null,
    instead: ({ inputs, isCold }) => {
      asked.all += inputs.length;
      asked.cold += isCold ? inputs.length : 0;
      return undefined;
    },
  });
  return { subject: new Subject(candidate, { caller, signal, batch: 500 }), asked };
}

type Run = (input: Json) => Json;
const numbers = (count: number): readonly Json[] => Array.from({ length: count }, (_, i) => i + 1);
const OPTIONS = { isDeterministic: true, confirmed: [] as readonly string[], isOffered: true };

async function derivedFrom(
  run: Run,
  inputs: readonly Json[] = numbers(256),
  options: Partial<typeof OPTIONS> = {},
) {
  const { subject, asked } = subjectOf(run);
  const outputs = await subject.outputs(inputs);
  asked.all = 0;
  const batch = { seed: 1, inputs, outputs };
  const derived = await derive(batch, subject, { ...OPTIONS, ...options });
  const names = derived.evidence.map(({ name }) => name);
  return { derived, names, asked, batch, origin: subject };
}

const triple: Run = (input) => 3 * (input as number);

describe('of an origin', () => {
  test('each property says what was seen, on how many inputs, and that all of them held', async () => {
    const { derived } = await derivedFrom(triple);
    const said = Object.fromEntries(derived.evidence.map(({ name, ...rest }) => [name, rest]));
    const all = { tried: 256, held: 256 };
    expect(said).toMatchObject({
      determinism: {
        says: 'the same input gives the same output in another process, in another order',
        ...all,
      },
      type: { says: 'the output is a number', ...all },
      range: { says: 'its numbers stay near those of the origin', ...all },
      whole: { says: 'its numbers are whole', ...all },
      'scaling:input': { ...all },
      'rising:input': { ...all },
      'as-origin': {
        says: 'the output is that of the origin: confirm it where answers must not change',
        ...all,
      },
    });
    expect(Object.keys(said).every((name) => !name.startsWith('shift'))).toBe(true);
  });

  test.each<[string, Run, string]>([
    ['lists', (input) => [input], 'the output is a list of numbers'],
    ['mixed lists', (input) => [input, 'a'], 'the output is a list of number or strings'],
    ['empty lists', (input) => (input === 1 ? [1] : []), 'the output is a list of numbers'],
    ['one of two', (input) => (input === 1 ? null : 'a'), 'the output is a null or a string'],
    ['records', (input) => ({ a: input }), 'the output is a record'],
  ])('%s are described', async (_name, run, says) => {
    const { derived } = await derivedFrom(run, numbers(20));
    expect(derived.evidence.find(({ name }) => name === 'type')?.says).toBe(says);
  });

  test.each<[string, Run, boolean]>([
    ['in a list', (input) => ['a', [input]], true],
    ['under a key', (input) => ({ a: 'x', b: { c: input } }), true],
    ['nowhere', (input) => ({ a: `${input}`, b: ['x'] }), false],
  ])('a range is derived of numbers %s', async (_name, run, has) => {
    expect((await derivedFrom(run, numbers(20))).names.includes('range')).toBe(has);
  });

  test(`a relation or an invariant on fewer than ${LEAST_EVIDENCE} inputs is not derived`, async () => {
    const list = (count: number): readonly Json[] =>
      Array.from({ length: 256 }, (_, i) => (i < count ? [[i, i + 1]] : ['none']));
    const run: Run = (input) => {
      const [one] = input as readonly Json[];
      return Array.isArray(one) ? (one as number[]).toReversed() : 'none';
    };
    const few = await derivedFrom(run, list(LEAST_EVIDENCE - 1));
    const enough = await derivedFrom(run, list(LEAST_EVIDENCE));
    for (const name of ['scaling:0', 'rearranged:0', 'as-long:0']) {
      expect([few.names.includes(name), enough.names.includes(name)], name).toEqual([false, true]);
    }
  });

  test('what breaks on the first few inputs is asked no further', async () => {
    const none = await derivedFrom((input) => `${input}`);
    // The first 32 of each of four changes of a number, and one that is asked on: every answer is another text.
    const late = await derivedFrom((input) => ((input as number) > 40 ? 1 : (input as number)));
    expect(none.asked.all).toBeLessThan(256 + 5 * 32 + 1);
    expect(late.names).not.toContain('scaling:input');
    expect(late.names).toContain('type');
  });

  test('whatever holds of a constant is no relation, and what does not repeat itself is not derived as if it did', async () => {
    const constant = await derivedFrom(() => 7);
    expect(constant.names).toEqual(['determinism', 'type', 'range', AS_ORIGIN]);
    let n = 0;
    const drifting = await derivedFrom((input) => (input as number) + n++);
    expect(drifting.names).not.toContain('determinism');
    expect(drifting.names).not.toContain(AS_ORIGIN);
    const { names, asked } = await derivedFrom(triple, numbers(256), { isDeterministic: false });
    expect(names).not.toContain('determinism');
    expect(names).not.toContain(AS_ORIGIN);
    expect(asked.cold).toBe(0);
  });

  test('what the origin shows alone can be confirmed, and the refusal lists it', async () => {
    await expect(
      derivedFrom(triple, numbers(256), { confirmed: ['even:input'], isOffered: false }),
    ).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      data: { key: 'safety.confirm', name: 'even:input' },
      message:
        'safety.confirm names "even:input", which the origin does not show. It shows determinism, type, range, scaling:input: confirm one of these, or declare the property (paceline checks).',
    });
    const silent: Run = () => {
      throw new Error('no');
    };
    await expect(
      derivedFrom(silent, numbers(3), { confirmed: ['range'], isDeterministic: false }),
    ).rejects.toThrow(/It shows nothing: confirm one/);
  });
});

describe('on a candidate', () => {
  async function judged(
    origin: Run,
    run: Run,
    {
      confirmed = [],
      which = 'all',
      again,
      inputs = numbers(256),
    }: {
      confirmed?: readonly string[];
      which?: 'all' | 'rejecting' | 'quick';
      again?: Outputs;
      inputs?: readonly Json[];
    } = {},
  ) {
    const of = await derivedFrom(origin, inputs, { confirmed, isOffered: false });
    const { subject } = subjectOf(run);
    const outputs = await subject.outputs(inputs);
    const references = of.derived.isCompared ? of.batch.outputs : undefined;
    const beside = { subject, origin: of.origin, references, again };
    const batch = { seed: 2, inputs, outputs };
    return { ...of, tallies: await of.derived.judge(batch, beside, which) };
  }

  test('all that rejects or raises suspicion is tallied once, the unconfirmed marked as such', async () => {
    const { tallies, derived } = await judged(triple, triple);
    expect(tallies.map(({ name, isUnconfirmed }) => [name, isUnconfirmed])).toEqual([
      ['type', undefined],
      ['range', true],
      ['scaling:input', true],
    ]);
    expect(['type', 'range', 'whole'].map((name) => derived.rejects(name))).toEqual([
      true,
      false,
      false,
    ]);
    expect(['type', 'range', 'whole'].map((name) => derived.suspects(name))).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('of those that reject alone the others are not looked at', async () => {
    for (const which of ['rejecting', 'quick'] as const) {
      const { tallies } = await judged(triple, triple, { which, confirmed: ['scaling:input'] });
      expect(tallies.map(({ name }) => name)).toEqual(['type', 'scaling:input']);
    }
  });

  test('a repetition is compared where there is one', async () => {
    const again = [{ output: 3 }, { output: 7 }];
    const { tallies } = await judged(triple, triple, { again });
    expect(tallies[0]).toMatchObject({ name: 'determinism', tried: 2, failed: 1 });
  });

  test('a second process is asked for where determinism was derived and there is time', async () => {
    const { derived } = await derivedFrom(triple);
    const { subject, asked } = subjectOf(triple);
    expect(derived.again([1], subject, 'quick')).toBeUndefined();
    for (const which of ['all', 'rejecting'] as const) {
      expect(await derived.again([1, 2], subject, which)).toEqual([{ output: 3 }, { output: 6 }]);
    }
    expect(asked.cold).toBe(4);
    const { derived: other } = await derivedFrom(triple, numbers(256), { isDeterministic: false });
    expect(other.again([1], subject, 'all')).toBeUndefined();
  });

  test('what broke is counted, and told in words', async () => {
    const inputs = numbers(256);
    const one: Run = (input) => (input === 200 ? 1e6 : triple(input));
    const { tallies } = await judged(triple, one, { confirmed: ['whole', 'rising:input'] });
    const broken = tallies.filter(({ failed }) => failed > 0);
    expect(broken).toMatchObject([
      {
        name: 'range',
        tried: 256,
        failed: 1,
        first: { input: 200, why: 'the output is 1000000; the origin stays between 3 and 768' },
      },
      // 50, whose change is 200, and 200 itself.
      { name: 'scaling:input', tried: 256, failed: 2, first: { input: 50 }, isUnconfirmed: true },
      { name: 'rising:input', tried: 256, failed: 1, first: { input: 200 } },
    ]);
    const half: Run = (input) => (triple(input) as number) + (input === 5 ? 0.5 : 0);
    const { tallies: halves } = await judged(triple, half, { confirmed: ['whole'], inputs });
    expect(halves.find(({ name }) => name === 'whole')).toMatchObject({
      tried: 256,
      failed: 1,
      first: { input: 5, why: 'it is not so that its numbers are whole' },
      places: [4],
    });
  });

  test('silence where the origin answers is another type', async () => {
    const silent: Run = (input) => {
      if (input === 9) throw new Error('nine');
      return triple(input);
    };
    const { tallies } = await judged(triple, silent);
    expect(tallies[0]).toMatchObject({
      name: 'type',
      tried: 255,
      failed: 1,
      first: { input: 9, why: 'it gave no output: Error: nine' },
    });
  });

  test('other answers than those of the origin are refused once that is confirmed', async () => {
    const other: Run = (input) => (input === 9 ? 28 : triple(input));
    const { derived, tallies } = await judged(triple, other, { confirmed: [AS_ORIGIN] });
    expect(derived.isCompared).toBe(true);
    expect(tallies.find(({ name }) => name === AS_ORIGIN)).toMatchObject({
      tried: 256,
      failed: 1,
      first: { input: 9, why: 'its output is not that of the origin' },
    });
    expect((await derivedFrom(triple)).derived.isCompared).toBe(false);
  });
});
