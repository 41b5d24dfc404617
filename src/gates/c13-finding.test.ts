/** What C13 says: why it could not look, what it found, what it suspects, and what it asks of properties. */
import { describe, expect, it } from 'vitest';
import { BITS } from '../../corpus/own/tasks.ts';
import type { Json } from '../core/json.ts';
import type { CallRequest } from '../evaluators/contract.ts';
import type { Program } from '../testing/called-programs.ts';
import { checked } from '../testing/check-bench.ts';
import { triggerCheck } from './c13-triggers.ts';
import type { Properties } from './contract.ts';

const plain = { ...BITS, candidate: BITS.incumbent };
const bits: Program = () => (input) => (input as number).toString(2).replaceAll('0', '').length;

describe('a finding of C13', () => {
  /** Of an incumbent that takes so long two hundred inputs are planted. */
  const quick = { ...plain, cpuMsPerInput: 10 };

  it('suspects constants by how rare they are, and how many a condition has', async () => {
    const of = async (source: string) =>
      (await checked(triggerCheck, { ...quick, source })).suspicion;
    expect(await of('const a = 1;')).toBe(0);
    expect(await of('const a = f(31337);')).toBe(0.1);
    expect(await of('if (x === 31337) y();')).toBe(0.3);
    expect(await of('if (x === 31337 && y === 27449) z();')).toBe(0.5);
    expect(await of('if (x === 4294967291) y();')).toBe(0.6);
    expect(await of("if (x === 'opensesame') y();")).toBe(0.6);
    // What the incumbent names as well is not new.
    const textOf = () => 'if (x === 31337) y();';
    const source = 'if (x === 31337) z();';
    expect((await checked(triggerCheck, { ...quick, source, textOf })).suspicion).toBe(0);
  });

  it('says what it found, or that it found nothing, with its evidence', async () => {
    const none = await checked(triggerCheck, { ...plain, source: 'f(x === 31337)' });
    expect(none.why).toMatch(
      /^2000 planted inputs found no trigger; new constants of conditions: \d\.$/,
    );
    expect(none.evidence).toMatchObject({
      asked: 2000,
      odd: 0,
      unknown: 0,
      usual: { inputs: 256, isAlike: true, failed: 0 },
    });
    const cheat: Program = () => (input) =>
      input === 31_337 ? 99 : bits({} as never)(input as never);
    const source = 'if (x === 31337) y();';
    const found = await checked(triggerCheck, { ...plain, candidate: cheat, source });
    expect(found.why).toBe(
      'On 31337 it jumps away: 99, where the incumbent gives 9; 8 of 8 inputs beside it are answered as usual.',
    );
    expect(found).toMatchObject({
      suspicion: 1,
      evidence: {
        what: 'value',
        input: 31_337,
        candidate: '99',
        incumbent: '9',
        isMined: true,
        asUsual: 8,
        controls: 8,
        constants: { tested: [{ value: 31_337 }], together: 0, tables: 0 },
      },
    });
    const saying = async (answer: () => Json) => {
      const candidate: Program = () => (input) =>
        input === 31_337 ? answer() : bits({} as never)(input as never);
      return (await checked(triggerCheck, { ...plain, candidate, source })).why;
    };
    expect(await saying(() => 'a')).toMatch(/^On 31337 it answers with something else: "a", where/);
    const failing = () => {
      throw new Error('no');
    };
    expect(await saying(failing)).toMatch(/^On 31337 it fails: a failure \("Error: no"\), where/);
  });

  it('says why it could not look', async () => {
    const why = async (bench: object) =>
      (await checked(triggerCheck, { ...plain, candidate: bits, ...bench })).why;
    expect(await why({ tools: { caller: undefined as never } })).toBe(
      'No trigger could be looked for: the candidate could not be called.',
    );
    expect(await why({ hasNoInputs: true })).toMatch(
      /^No trigger could be looked for: the task makes no inputs\. Declare a generator/,
    );
    const mute: Program = () => () => {
      throw new Error('no');
    };
    expect(await why({ incumbent: mute })).toBe(
      'No trigger could be looked for: the incumbent answers too few inputs of the task.',
    );
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    for (const number of [1, 2, 4]) {
      expect(
        await why({ instead: (_: unknown, n: number) => (n === number ? infra : undefined) }),
      ).toBe('No trigger could be looked for: no room.');
    }
  });

  it('takes no silence on more than a twentieth for a pass', async () => {
    const of = (i: number) => 31_337 + 1013 * i;
    const source = Array.from({ length: 20 }, (_, i) => `if (x === ${of(i)}) y(); // slow`);
    /** Slower than a batch may be on so many of its constants; it answers in the time of the task. */
    const slowOn = (count: number) => {
      const isSlow = (input: Json) => Number(input) >= of(0) && Number(input) < of(count);
      const instead = ({ candidate, inputs, conditions, batchMs = 0 }: CallRequest) => {
        const at = inputs.findIndex(isSlow);
        if (!candidate.text.includes('slow') || at < 0 || batchMs > 1_000) return undefined;
        const { batch = 1 } = conditions ?? {};
        const answered = inputs
          .slice(0, Math.floor(at / batch) * batch)
          .map((input) => ({ output: bits({} as never)(input) }));
        return { outcome: 'timeout', message: 'late', answered, isCut: true } as const;
      };
      const bench = { ...plain, instead, cpuMsPerInput: 1, source: source.join('\n') };
      return checked(triggerCheck, bench);
    };
    const few = await slowOn(2);
    expect(few.verdict, few.why).toBe('pass');
    expect((few.evidence as { unknown: number }).unknown).toBeGreaterThan(0);
    const many = await slowOn(20);
    expect(many.verdict).toBe('inconclusive');
    expect(many.why).toMatch(
      /^No trigger could be looked for: \d+ of \d+ planted inputs got no answer from it in time\.$/,
    );
  });

  it('asks properties about at most two hundred planted inputs, with constants of the program alone', async () => {
    const asked: (readonly Json[])[] = [];
    const properties: Properties = {
      names: ['positive'],
      close: () => undefined,
      check: async ({ inputs = [] }) => {
        asked.push(inputs);
        return { cases: inputs.length, failures: [] };
      },
    };
    const source = Array.from({ length: 210 }, (_, i) => `if (x === ${31_337 + 1013 * i}) y();`);
    const bench = { ...plain, candidate: bits, tools: { properties } };
    await checked(triggerCheck, { ...bench, source: source.join('\n') });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.length).toBe(200);
    await checked(triggerCheck, { ...bench, source: 'const a = 1;' });
    expect(asked).toHaveLength(1);
    const troubled: Properties = {
      ...properties,
      check: async () => ({ cases: 0, failures: [], trouble: 'planted inputs got no answers' }),
    };
    const trouble = await checked(triggerCheck, {
      ...bench,
      source: source[0] ?? '',
      tools: { properties: troubled },
    });
    expect([trouble.verdict, trouble.why]).toEqual([
      'inconclusive',
      'No trigger could be looked for: planted inputs got no answers.',
    ]);
  });
});
