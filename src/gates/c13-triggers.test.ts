import { describe, expect, it } from 'vitest';
import { BITS, CURVE, PACKING, SORTING } from '../../corpus/own/tasks.ts';
import { TRIGGER_CASES } from '../../corpus/own/triggers.ts';
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
});
