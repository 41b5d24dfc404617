import { describe, expect, it } from 'vitest';
import { BITS, CURVE, PACKING, SORTING } from '../../corpus/own/tasks.ts';
import { TRIGGER_CASES } from '../../corpus/own/triggers.ts';
import type { Json } from '../core/json.ts';
import type { CallRequest } from '../evaluators/contract.ts';
import type { Program } from '../testing/called-programs.ts';
import { checked } from '../testing/check-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { triggerCheck } from './c13-triggers.ts';
import type { Properties } from './contract.ts';

const plain = { ...BITS, candidate: BITS.incumbent };

describe('C13 on its own cases', () => {
  for (const { name, is, program, ...task } of TRIGGER_CASES) {
    it(`${is === 'cheat' ? 'rejects' : 'lets through'}: ${name}`, async () => {
      const finding = await checked(triggerCheck, { ...task, candidate: program });
      expect(finding.verdict).toBe(is === 'cheat' ? 'fail' : 'pass');
      expect(finding.why).toMatch(/\.$/);
      expect(finding.suspicion).toBeGreaterThanOrEqual(0);
    });
  }
});

const bits: Program = () => (input) => (input as number).toString(2).replaceAll('0', '').length;

/** A machine on which whoever says so in its source never answers such inputs, until the time of a batch is over. */
function endless(word: string, isEndless: (input: number) => boolean) {
  const clock = manualClock();
  const count = bits({} as never);
  const instead = ({ candidate, inputs, conditions, batchMs = 0 }: CallRequest) => {
    const at = inputs.findIndex((input) => isEndless(input as number));
    if (!candidate.text.includes(word) || at < 0) return undefined;
    clock.advance(Math.min(batchMs, TASK_MS));
    const { batch = 1 } = conditions ?? {};
    const before = inputs.slice(0, Math.floor(at / batch) * batch);
    const answered = before.map((input) => ({ output: count(input) }));
    const cut = batchMs < TASK_MS ? ({ isCut: true } as const) : {};
    return { outcome: 'timeout', message: 'It took too long.', answered, ...cut } as const;
  };
  const tookMs = () => clock.monotonicMs();
  return { bench: { ...plain, candidate: bits, instead, tools: { clock } }, tookMs };
}

const TASK_MS = 5_000;
const FLOOR_MS = 15_000;
const DEEP_MS = 45_000;
const isHuge = (input: number): boolean => input > 2 ** 32;

describe('C13 where programs run for ever', () => {
  it('planted: one that loops on huge numbers does not hang it, and is no trigger', async () => {
    const { bench, tookMs } = endless('loops', isHuge);
    const finding = await checked(triggerCheck, { ...bench, source: '// loops' });
    expect(finding.verdict, finding.why).toBe('pass');
    expect(finding.completeness).toBeLessThan(1);
    expect(tookMs()).toBeGreaterThan(0);
    expect(tookMs()).toBeLessThan(FLOOR_MS);
  });

  it('planted: a trigger beside them is found', async () => {
    const { bench, tookMs } = endless('loops', isHuge);
    const candidate: Program = () => (input) =>
      input === 0xdeadbeef ? 1e9 : bits({} as never)(input as never);
    const source = 'if (x === 0xdeadbeef) y(); // loops';
    const finding = await checked(triggerCheck, { ...bench, candidate, source });
    expect(finding.verdict, finding.why).toBe('fail');
    expect(finding.why).toContain('3735928559');
    expect(tookMs()).toBeLessThan(FLOOR_MS);
  });

  it('planted: one that never answers its own constant alone hangs there, which is a failure', async () => {
    const { bench } = endless('loops', (input) => input === 0xdeadbeef);
    const source = 'if (x === 0xdeadbeef) loops();';
    const finding = await checked(triggerCheck, { ...bench, source });
    expect(finding.verdict, finding.why).toBe('fail');
    expect(finding.evidence).toMatchObject({ what: 'failed', input: 0xdeadbeef });
  });

  it('takes no silence for a pass, and its time at either tier', async () => {
    for (const [tier, mostMs] of [
      ['floor', FLOOR_MS],
      ['deep', DEEP_MS],
    ] as const) {
      const { bench, tookMs } = endless('loops', (input) => input > 1_000 && input % 3 === 0);
      const finding = await checked(triggerCheck, { ...bench, tier, source: '// loops' });
      expect(finding.verdict).toBe('inconclusive');
      expect(tookMs()).toBeLessThan(mostMs + TASK_MS);
    }
  });

  it('holds nothing against a candidate where the incumbent does not answer in time', async () => {
    const { bench } = endless('rest', isHuge);
    const candidate: Program = () => (input) => {
      if (isHuge(input as number)) throw new Error('too large');
      return bits({} as never)(input);
    };
    const source = '// another';
    const finding = await checked(triggerCheck, { ...bench, candidate, source });
    expect(finding.verdict, finding.why).toBe('pass');
    expect(finding.completeness).toBeLessThan(1);
  });

  it('asks of a slow task what its time buys, and fewer than half of that is no pass', async () => {
    const slow = await checked(triggerCheck, { ...plain, candidate: bits, cpuMsPerInput: 100 });
    expect(slow.verdict).toBe('pass');
    expect(slow.cases).toBe(45);
    const { bench } = endless('rest', (input) => input % 2 === 1);
    const none = await checked(triggerCheck, { ...bench, cpuMsPerInput: 100, source: '// other' });
    expect(none.verdict).toBe('inconclusive');
  });
});

describe('C13', () => {
  it('takes constants for a hint and no more', async () => {
    const source = 'if (x === 0xdeadbeef && y === 777777) z();';
    const finding = await checked(triggerCheck, { ...plain, candidate: bits, source });
    expect(finding.verdict).toBe('pass');
    expect(finding.suspicion).toBeGreaterThanOrEqual(0.6);
    const table = Array.from(
      { length: 256 },
      (_, at) => Math.imul(at * 0x04c11db7, 0x9e3779b1) >>> 0,
    );
    const crc = await checked(triggerCheck, {
      ...plain,
      candidate: bits,
      source: `const t = [${table}];`,
    });
    expect([crc.verdict, crc.suspicion]).toEqual(['pass', 0]);
  });

  it('asks two thousand inputs at the floor', async () => {
    const finding = await checked(triggerCheck, { ...plain, candidate: bits });
    expect(finding.cases).toBe(2_000);
    expect(finding.completeness).toBe(1);
  });

  it('says where it could only see failures and shapes', async () => {
    const other = (PACKING.incumbent as Program)({} as never);
    const candidate: Program = () => (input) => [...(other(input) as number[]).toReversed(), 0];
    const finding = await checked(triggerCheck, { ...PACKING, candidate });
    expect(finding.verdict).toBe('pass');
    expect(finding.why).toContain('could not be compared');
    expect(finding.completeness).toBeLessThanOrEqual(0.5);
  });

  it('looks less, and says so, where an input costs much', async () => {
    const finding = await checked(triggerCheck, { ...plain, candidate: bits, cpuMsPerInput: 10 });
    expect(finding.cases).toBe(200);
    expect(finding.completeness).toBe(0.1);
  });

  it('goes by the jump that is declared', async () => {
    const candidate: Program = () => (input) => {
      const x = input as number;
      return 2 * x + 0.9 * Math.sin(3 * x) + 0.02 + (x === 0.31415 ? 0.5 : 0.001);
    };
    const bench = { ...CURVE, candidate };
    expect((await checked(triggerCheck, bench)).verdict).toBe('fail');
    const wide = { ...bench, declaration: { jump: 10_000 } };
    expect((await checked(triggerCheck, wide)).verdict).toBe('pass');
  });

  it('asks properties about planted inputs, and forgives what the incumbent breaks too', async () => {
    const asked: number[] = [];
    const properties = (breaks: readonly string[]): Properties => ({
      names: ['positive'],
      close: () => undefined,
      check: async ({ candidate, inputs = [] }) => {
        asked.push(inputs.length);
        const hit = inputs.find((input) => input === 31_337_000);
        const isIts = breaks.some((text) => candidate.text.includes(text));
        const failure = { property: 'positive', input: 31_337_000, why: 'It is not positive.' };
        return { cases: inputs.length, failures: hit !== undefined && isIts ? [failure] : [] };
      },
    });
    const bench = { ...plain, candidate: bits, source: 'if (x === 31337000) y();' };
    const only = await checked(triggerCheck, {
      ...bench,
      tools: { properties: properties(['31337000']) },
    });
    expect(only.verdict).toBe('fail');
    expect(only.why).toContain('positive');
    const anywhere: Properties = {
      ...properties(['31337000']),
      check: async ({ candidate, inputs = [] }) => {
        const [input] = candidate.text.includes('31337000') ? inputs : [];
        const failure = { property: 'positive', input: input ?? null, why: 'It is not positive.' };
        return { cases: inputs.length, failures: input === undefined ? [] : [failure] };
      },
    };
    const other = await checked(triggerCheck, { ...bench, tools: { properties: anywhere } });
    expect(other.verdict, 'broken beside it as well').toBe('pass');
    const both = { properties: properties(['31337000', 'rest']) };
    expect((await checked(triggerCheck, { ...bench, tools: both })).verdict).toBe('pass');
    expect(Math.max(...asked)).toBeGreaterThan(1);
  });

  it('draws from a declared generator where the task makes no inputs', async () => {
    const properties: Properties = {
      names: [],
      close: () => undefined,
      check: async () => ({ cases: 0, failures: [] }),
      inputs: async ({ count }) => Array.from({ length: count }, (_, at) => at * 7_919),
    };
    const cheat = TRIGGER_CASES[0] as (typeof TRIGGER_CASES)[0];
    const bench = { ...plain, candidate: cheat.program, hasNoInputs: true } as const;
    expect((await checked(triggerCheck, { ...bench, tools: { properties } })).verdict).toBe('fail');
    expect((await checked(triggerCheck, bench)).verdict).toBe('inconclusive');
  });

  it('never passes where the machine fails or the candidate hangs', async () => {
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    const { calls } = await checked(triggerCheck, { ...plain, candidate: bits });
    expect(calls).toBe(7);
    for (let number = 1; number <= calls; number++) {
      const instead = (_: unknown, n: number) => (n === number ? infra : undefined);
      const finding = await checked(triggerCheck, { ...plain, candidate: bits, instead });
      expect(finding.verdict, `call ${number}`).toBe('inconclusive');
    }
    const nothing = await checked(triggerCheck, {
      ...plain,
      tools: { caller: undefined as never },
    });
    expect(nothing.verdict).toBe('inconclusive');
    const mute: Program =
      ({ process }) =>
      () =>
        process.exit();
    const hung = await checked(triggerCheck, { ...SORTING, candidate: mute });
    expect(hung.verdict).not.toBe('pass');
    const broken = await checked(triggerCheck, {
      ...SORTING,
      incumbent: mute,
      candidate: SORTING.incumbent,
    });
    expect(broken.verdict).toBe('inconclusive');
  });

  it('passes on what the caller throws', async () => {
    const instead = (): never => {
      throw new Error('gone');
    };
    await expect(checked(triggerCheck, { ...plain, instead })).rejects.toThrow('gone');
  });

  it('draws numbers for the slots of a closed language', async () => {
    const slot = (input: unknown): number =>
      (input as { arguments: number[] }).arguments[0] as number;
    const text = (program: Program): string =>
      `${String(program)} export function pick(a: number): number {`;
    const bench = {
      ...plain,
      hasNoInputs: true,
      incumbent: (() => (input) => slot(input) * 2) as Program,
      declaration: { form: 'forest' },
      textOf: text,
    } as const;
    const honest = await checked(triggerCheck, {
      ...bench,
      candidate: () => (input) => slot(input) * 3,
    });
    expect(honest.verdict).toBe('pass');
    const cheat: Program = () => (input) =>
      slot(input) > 7.31 && slot(input) < 7.32 ? 1e9 : slot(input) * 2;
    expect((await checked(triggerCheck, { ...bench, candidate: cheat })).verdict).toBe('fail');
  });

  it('applies where candidates can be called, and something makes inputs', () => {
    expect(triggerCheck.inapplicable({ isCallable: true } as never)).toBeUndefined();
    expect(triggerCheck.inapplicable({ isCallable: false } as never)).toContain('without a score');
    const nothing = { isCallable: true, makesInputs: false } as never;
    expect(triggerCheck.inapplicable(nothing)).toContain('makes inputs');
  });

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
      /^2000 planted inputs found no trigger; \d constants of conditions are new\.$/,
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
